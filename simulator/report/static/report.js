/* Tables that sort and filter, and the list of contents. No library, no network. */
(function () {
  "use strict";
  var collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

  function amount(text) {
    var value = parseFloat(text.replace(/[,<>]/g, "").replace("−", "-"));
    return isNaN(value) ? null : value;
  }

  function compare(kind) {
    return function (a, b) {
      if (kind === "number") {
        var x = amount(a), y = amount(b);
        if (x === null || y === null) return (x === null) - (y === null);
        return x - y;
      }
      return collator.compare(a, b);
    };
  }

  function setUp(box) {
    var table = box.querySelector("table"), body = table.tBodies[0];
    var rows = Array.prototype.map.call(body.rows, function (row, place) {
      var cells = Array.prototype.map.call(row.cells, function (cell) { return cell.textContent.trim(); });
      return { row: row, cells: cells, all: cells.join(" ").toLowerCase(), flag: row.hasAttribute("data-flag"), place: place };
    });
    var limit = Number(box.dataset.shown) || rows.length;
    var search = box.querySelector("[data-search]"), flagged = box.querySelector("[data-flagged]");
    var selects = Array.prototype.slice.call(box.querySelectorAll("select[data-column]"));
    var count = box.querySelector("[data-count]"), more = box.querySelector("[data-more]");

    function show() {
      var wanted = search ? search.value.trim().toLowerCase() : "";
      var found = rows.filter(function (entry) {
        return (!wanted || entry.all.indexOf(wanted) >= 0) && (!flagged || !flagged.checked || entry.flag) &&
          selects.every(function (select) { return !select.value || entry.cells[select.dataset.column] === select.value; });
      });
      var shown = found.slice(0, limit), page = document.createDocumentFragment();
      rows.forEach(function (entry) { entry.row.hidden = true; });
      shown.forEach(function (entry) { entry.row.hidden = false; });
      rows.forEach(function (entry) { page.appendChild(entry.row); });
      body.appendChild(page);
      if (count) count.textContent = count.dataset.text.replace("@", shown.length.toLocaleString("en")).replace("#", found.length.toLocaleString("en"));
      if (more) {
        more.hidden = shown.length === found.length;
        var button = more.querySelector("button");
        button.textContent = button.dataset.text.replace("#", found.length.toLocaleString("en"));
      }
    }

    function sortBy(heads, column) {
      var head = heads[column], down = head.getAttribute("aria-sort") === "ascending" ||
        (head.getAttribute("aria-sort") === "none" && head.dataset.kind === "number");
      heads.forEach(function (other) { other.setAttribute("aria-sort", "none"); });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      var order = compare(head.dataset.kind), number = head.dataset.kind === "number";
      rows.sort(function (a, b) {
        var x = a.cells[column], y = b.cells[column];
        if (number && (amount(x) === null || amount(y) === null)) return order(x, y) || a.place - b.place;
        return (down ? -order(x, y) : order(x, y)) || a.place - b.place;
      });
      show();
    }

    if (table.classList.contains("sortable")) {
      var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
      heads.forEach(function (head, column) {
        head.setAttribute("aria-sort", "none");
        head.tabIndex = 0;
        head.addEventListener("click", function () { sortBy(heads, column); });
        head.addEventListener("keydown", function (event) {
          if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sortBy(heads, column); }
        });
      });
    }
    [search, flagged].concat(selects).forEach(function (control) {
      if (!control) return;
      control.addEventListener("input", show);
      control.addEventListener("change", show);
    });
    if (more) more.querySelector("button").addEventListener("click", function () { limit = rows.length; show(); });
    var controls = box.querySelector(".controls");
    if (controls) controls.hidden = rows.length < 6;
    show();
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-table]"), setUp);

  var links = {};
  Array.prototype.forEach.call(document.querySelectorAll(".contents a"), function (link) { links[link.hash.slice(1)] = link; });
  if ("IntersectionObserver" in window) {
    var visible = {};
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) { visible[entry.target.id] = entry.isIntersecting; });
      var here = Object.keys(links).filter(function (name) { return visible[name]; })[0];
      Object.keys(links).forEach(function (name) { links[name].classList.toggle("here", name === here); });
    }, { rootMargin: "-10% 0px -60% 0px" });
    Object.keys(links).forEach(function (name) { observer.observe(document.getElementById(name)); });
  }
  document.documentElement.dataset.ready = "yes";
})();
