"""Parts of the generator of the synthetic city, run by ``make_meizhou.py``."""
