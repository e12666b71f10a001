/* The map of old and new zones on a canvas, without tiles. Every text goes in as text, never as HTML. */
(function () {
  "use strict";
  var data = canvasMap.data, words = canvasMap.words, box = canvasMap.box, map = canvasMap.map;
  var polygon = canvasMap.polygon, popup = canvasMap.popup;
  var COLOURS = ["#c6dbef", "#fdd0a2", "#c7e9c0", "#dadaeb", "#fbb4ae", "#d9d0c1", "#fff2ae", "#b3e2dd"];

  var bounds = L.latLngBounds([]), circles = [];
  function zones(list) {
    return L.layerGroup(list.map(function (zone) {
      var shape = L.polygon(polygon(zone[6]), {
        fillColor: zone[0] < 0 ? "#eceff2" : COLOURS[zone[0]], fillOpacity: 1, color: "#5d6b78", weight: 1
      });
      shape.bindPopup(function () {
        return popup(zone[1], "", [[words.map_children, zone[2]], [words.map_seats, zone[3]], [words.zones_map_excess, zone[4]], [words.zones_map_mean, zone[5]]]);
      });
      if (zone[6].length) bounds.extend(shape.getBounds());
      return shape;
    }));
  }
  function moved(list) {
    return L.layerGroup(list.map(function (block) {
      var shape = L.polygon(polygon(block[4]), { fillColor: "#1b2733", fillOpacity: 0.28, color: "#1b2733", weight: 1.4, dashArray: "4 3" });
      shape.bindPopup(function () {
        return popup(block[0], "", [[words.zones_map_from, block[1]], [words.zones_map_to, block[2]], [words.map_children, block[3]]]);
      });
      return shape;
    }));
  }
  function schools(list) {
    var most = Math.max.apply(null, list.map(function (school) { return school[7]; }).concat(1));
    return L.layerGroup(list.slice().sort(function (a, b) { return b[7] - a[7]; }).map(function (school) {
      var at = [school[1] / data.per, school[0] / data.per], share = Math.sqrt(school[7] / most);
      var circle = L.circleMarker(at, {
        radius: 3, fillColor: school[7] ? "#2f6c9e" : "#ffffff", fillOpacity: school[7] ? 0.55 + 0.4 * share : 0.95
      });
      circle.bindPopup(function () {
        return popup(school[2], "", [[words.map_seats, school[3]], [words.zones_map_old, school[4]], [words.zones_map_new, school[5]], [words.zones_map_price, school[6]]]);
      });
      bounds.extend(at);
      circles.push([circle, share, school[8] > 0, school[9] > 0]);
      return circle;
    }));
  }
  var stages = data.stages.map(function (stage) {
    return { old: zones(stage.old), "new": zones(stage["new"]), groups: zones(stage.groups), moved: moved(stage.moved), schools: schools(stage.schools) };
  });
  canvasMap.counties(1.8, 0.9);

  var buttons = Array.prototype.slice.call(document.querySelectorAll(".map-bar button"));
  var tick = document.getElementById("map-moved"), now = { stage: "0", drawing: "new" };
  function show() {
    buttons.forEach(function (button) { button.setAttribute("aria-checked", String(now[button.dataset.choice] === button.dataset.value)); });
    stages.forEach(function (stage) { ["old", "new", "groups", "moved", "schools"].forEach(function (name) { stage[name].remove(); }); });
    var stage = stages[Number(now.stage)];
    stage[now.drawing].addTo(map);
    if (tick.checked) stage.moved.addTo(map);
    stage.schools.addTo(map);
    /* A ring says that a school is beyond its seats in the zones that are shown. */
    circles.forEach(function (entry) {
      var over = now.drawing === "old" ? entry[2] : entry[3];
      entry[0].setStyle({ color: over ? "#a6192e" : "#12304d", weight: over ? 2.6 : 1 });
    });
    box.dataset.over = String(stage.schools.getLayers().filter(function (circle) { return circle.options.weight > 2; }).length);
    box.dataset.stage = now.stage; box.dataset.drawing = now.drawing;
    box.dataset.zones = String(stage[now.drawing].getLayers().length);
    box.dataset.moved = String(tick.checked ? stage.moved.getLayers().length : 0);
  }
  buttons.forEach(function (button) {
    button.addEventListener("click", function () { now[button.dataset.choice] = button.dataset.value; show(); });
  });
  tick.addEventListener("change", show);
  /* Circles are larger where one more seat is worth more, and grow as one zooms in. */
  var largest = Math.max(5, Math.min(10, 150 / Math.sqrt(circles.length || 1)));
  canvasMap.fit(bounds, function (grown) {
    circles.forEach(function (entry) { entry[0].setRadius(Math.max(2, Math.min(16, (0.35 + 0.65 * entry[1]) * largest * grown))); });
  });
  show();
})();
