/* The map of zones and schools on a canvas, without tiles. Every text goes in as text, never as HTML. */
(function () {
  "use strict";
  var data = JSON.parse(document.getElementById("map-data").textContent), words = data.words;
  var box = document.getElementById("map-canvas");
  var LEVELS = [
    { code: "level_green", fillColor: "#bfe0d4", fillOpacity: 1, color: "#ffffff", weight: 0.8 },
    { code: "level_yellow", fillColor: "#f4c155", fillOpacity: 1, color: "#ffffff", weight: 0.8 },
    { code: "level_red", fillColor: "#bb3a48", fillOpacity: 1, color: "#ffffff", weight: 0.8 }
  ];
  var LOADS = ["#ffffff", "#bcd3ea", "#4a80b5", "#0b2545"];
  var canvas = L.canvas({ padding: 0.3 }), lines = L.canvas({ padding: 0.3, pane: "borders" });
  var map = L.map(box, { renderer: canvas, zoomControl: false, attributionControl: false, scrollWheelZoom: false, zoomSnap: 0.25, preferCanvas: true });
  var borders = map.createPane("borders");
  borders.style.zIndex = 450; borders.style.pointerEvents = "none";
  L.control.zoom({ zoomInTitle: words.map_zoom_in, zoomOutTitle: words.map_zoom_out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.on("click focus", function () { map.scrollWheelZoom.enable(); });
  map.on("mouseout", function () { map.scrollWheelZoom.disable(); });

  /* Rings are flat lists of differences in whole parts of a degree: x0, y0, dx1, dy1, ... */
  function polygon(polygons) {
    return polygons.map(function (rings) {
      return rings.map(function (flat) {
        var x = 0, y = 0, points = [];
        for (var i = 0; i < flat.length; i += 2) { x += flat[i]; y += flat[i + 1]; points.push([y / data.per, x / data.per]); }
        return points;
      });
    });
  }

  function popup(title, note, facts) {
    var content = document.createElement("div"), list = document.createElement("dl");
    var head = document.createElement("b"), under = document.createElement("span");
    head.textContent = title; under.textContent = note;
    facts.forEach(function (fact) {
      if (fact[1] === "") return;
      var name = document.createElement("dt"), value = document.createElement("dd");
      name.textContent = fact[0]; value.textContent = fact[1];
      list.appendChild(name); list.appendChild(value);
    });
    content.appendChild(head); content.appendChild(under); content.appendChild(list);
    return content;
  }

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
  data.counties.forEach(function (county) {
    L.polygon(polygon(county[3]), { renderer: lines, pane: "borders", fill: false, color: "#33424f", weight: 1.6, opacity: 0.85, interactive: false }).addTo(map);
    var label = document.createElement("span");
    label.textContent = county[0];
    L.tooltip({ permanent: true, direction: "center", className: "county-label", interactive: false })
      .setLatLng([county[2] / data.per, county[1] / data.per]).setContent(label).addTo(map);
  });

  var buttons = Array.prototype.slice.call(document.querySelectorAll(".map-bar button"));
  function choose(stage) {
    buttons.forEach(function (button) { button.setAttribute("aria-checked", String(Number(button.dataset.stage) === stage)); });
    stages[1 - stage].remove(); stages[stage].addTo(map);
    box.dataset.stage = String(stage); box.dataset.zones = String(counts[stage]);
    box.dataset.layers = String(stages[stage].getLayers().length);
  }
  buttons.forEach(function (button) { button.addEventListener("click", function () { choose(Number(button.dataset.stage)); }); });
  map.fitBounds(bounds, { padding: [12, 12], animate: false });
  /* The largest school has 8 to 13 pixels by how many schools there are, and circles grow as one zooms in. */
  var whole = map.getZoom();
  var widest = Math.max.apply(null, circles.map(function (entry) { return entry[1]; }).concat(1));
  var largest = Math.max(8, Math.min(13, 180 / Math.sqrt(circles.length || 1)));
  function resize() {
    var scale = largest / widest * Math.pow(1.3, map.getZoom() - whole);
    circles.forEach(function (entry) { entry[0].setRadius(Math.max(2.2, Math.min(18, entry[1] * scale))); });
  }
  map.on("zoomend", resize);
  resize();
  choose(Number(buttons[0].dataset.stage));

  /* On paper the map keeps the shape it has on the screen and is shrunk to the page. */
  window.addEventListener("beforeprint", function () {
    var width = box.offsetWidth, height = box.offsetHeight;
    box.style.width = width + "px"; box.style.height = height + "px"; box.style.zoom = String(Math.min(1, 690 / width));
  });
  window.addEventListener("afterprint", function () { box.style.width = box.style.height = box.style.zoom = ""; });
})();
