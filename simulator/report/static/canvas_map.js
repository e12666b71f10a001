/* A map on a canvas, without tiles, that other scripts draw on. Every text goes in as text, never as HTML. */
var canvasMap = (function () {
  "use strict";
  var data = JSON.parse(document.getElementById("map-data").textContent), words = data.words;
  var box = document.getElementById("map-canvas");
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
    content.appendChild(head);
    if (note) content.appendChild(under);
    content.appendChild(list);
    return content;
  }

  function counties(weight, opacity) {
    data.counties.forEach(function (county) {
      L.polygon(polygon(county[3]), { renderer: lines, pane: "borders", fill: false, color: "#33424f", weight: weight, opacity: opacity, interactive: false }).addTo(map);
      var label = document.createElement("span");
      label.textContent = county[0];
      L.tooltip({ permanent: true, direction: "center", className: "county-label", interactive: false })
        .setLatLng([county[2] / data.per, county[1] / data.per]).setContent(label).addTo(map);
    });
  }

  /* Shows all of it; ``resize`` is told how much larger circles are to be than they are then. */
  function fit(bounds, resize) {
    map.fitBounds(bounds, { padding: [12, 12], animate: false });
    var whole = map.getZoom();
    function zoomed() { resize(Math.pow(1.3, map.getZoom() - whole)); }
    map.on("zoomend", zoomed);
    zoomed();
  }

  /* On paper the map keeps the shape it has on the screen and is shrunk to the page. */
  window.addEventListener("beforeprint", function () {
    var width = box.offsetWidth, height = box.offsetHeight;
    box.style.width = width + "px"; box.style.height = height + "px"; box.style.zoom = String(Math.min(1, 690 / width));
  });
  window.addEventListener("afterprint", function () { box.style.width = box.style.height = box.style.zoom = ""; });

  return { data: data, words: words, box: box, map: map, polygon: polygon, popup: popup, counties: counties, fit: fit };
})();
