"""Xuewei 学位: who gets which school seat in Chinese compulsory education."""

__version__ = "0.1.0"
