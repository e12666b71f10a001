/* The map of zones and schools on a canvas, without tiles. Every text goes in as text, never as HTML. */
(function () {
  "use strict";
  var data = canvasMap.data, words = canvasMap.words, box = canvasMap.box, map = canvasMap.map;
  var polygon = canvasMap.polygon, popup = canvasMap.popup;
  var LEVELS = [
    { code: "level_green", fillColor: "#bfe0d4", fillOpacity: 1, color: "#ffffff", weight: 0.8 },
    { code: "level_yellow", fillColor: "#f4c155", fillOpacity: 1, color: "#ffffff", weight: 0.8 },
    { code: "level_red", fillColor: "#bb3a48", fillOpacity: 1, color: "#ffffff", weight: 0.8 }
  ];
  var LOADS = ["#ffffff", "#bcd3ea", "#4a80b5", "#0b2545"];

  var stages = [L.layerGroup(), L.layerGroup()], counts = [0, 0], bounds = L.latLngBounds([]);
  data.unzoned.forEach(function (shape, stage) {
    if (!shape.length) return;
    stages[stage].addLayer(L.polygon(polygon(shape), { stroke: false, fillColor: "#dfe4e9", fillOpacity: 1, interactive: false }));
  });
  data.zones.forEach(function (zone) {
    var style = LEVELS[zone[1]], shape = L.polygon(polygon(zone[7]), style);
    shape.bindPopup(function () {
      return popup(zone[2], words[style.code], [[words.map_children, zone[3]], [words.map_seats, zone[4]], [words.map_ratio, zone[5]], [words.map_short, zone[6]]]);
    });
    stages[zone[0]].addLayer(shape); counts[zone[0]] += 1; bounds.extend(shape.getBounds());
  });
  var circles = [];
  data.schools.slice().sort(function (a, b) { return b[5] - a[5]; }).forEach(function (school) {
    var at = [school[2] / data.per, school[1] / data.per];
    var circle = L.circleMarker(at, {
      radius: 3, fillColor: LOADS[school[9]], fillOpacity: 0.95,
      color: school[10] ? "#7b3f9e" : "#12304d", weight: school[10] ? 2.2 : 1
    });
    circle.bindPopup(function () {
      return popup(school[3], school[4], [[words.map_seats, school[6]], [words.map_load, school[7]], [words.map_ratio, school[8]]]);
    });
    stages[school[0]].addLayer(circle); bounds.extend(at);
    circles.push([circle, Math.sqrt(school[5])]);
  });
  canvasMap.counties(1.6, 0.85);

  var buttons = Array.prototype.slice.call(document.querySelectorAll(".map-bar button"));
  function choose(stage) {
    buttons.forEach(function (button) { button.setAttribute("aria-checked", String(Number(button.dataset.stage) === stage)); });
    stages[1 - stage].remove(); stages[stage].addTo(map);
    box.dataset.stage = String(stage); box.dataset.zones = String(counts[stage]);
    box.dataset.layers = String(stages[stage].getLayers().length);
  }
  buttons.forEach(function (button) { button.addEventListener("click", function () { choose(Number(button.dataset.stage)); }); });
  /* The largest school has 8 to 13 pixels by how many schools there are, and circles grow as one zooms in. */
  var widest = Math.max.apply(null, circles.map(function (entry) { return entry[1]; }).concat(1));
  var largest = Math.max(8, Math.min(13, 180 / Math.sqrt(circles.length || 1)));
  canvasMap.fit(bounds, function (grown) {
    circles.forEach(function (entry) { entry[0].setRadius(Math.max(2.2, Math.min(18, entry[1] * (largest / widest * grown)))); });
  });
  choose(Number(buttons[0].dataset.stage));
})();
