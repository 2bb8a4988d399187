// What the pages can do beyond being read: choose versions, hide marks, show counterparts. All text is there without it.
(function () {
  "use strict";
  var main = document.querySelector("main");
  var toolbar = document.querySelector(".toolbar");

  function remember(key, value) {
    try { localStorage.setItem("sco-docs:" + key, value); } catch (error) { /* a page opened from a file may not store */ }
  }
  function recall(key) {
    try { return localStorage.getItem("sco-docs:" + key); } catch (error) { return null; }
  }

  function versions() {
    var buttons = Array.prototype.slice.call(document.querySelectorAll("[data-version]"));
    function pressed(button) { return button.getAttribute("aria-pressed") === "true"; }
    function show() {
      buttons.forEach(function (button) {
        main.classList.toggle("hide-v" + button.dataset.version, !pressed(button));
      });
      main.style.setProperty("--columns", String(buttons.filter(pressed).length));
    }
    var chosen = (recall("versions") || "").split(" ");
    var known = buttons.filter(function (button) { return chosen.indexOf(button.dataset.siglum) >= 0; });
    buttons.forEach(function (button) {
      if (known.length) { button.setAttribute("aria-pressed", String(known.indexOf(button) >= 0)); }
      button.addEventListener("click", function () {
        if (pressed(button) && buttons.filter(pressed).length === 1) { return; }
        button.setAttribute("aria-pressed", String(!pressed(button)));
        remember("versions", buttons.filter(pressed).map(function (b) { return b.dataset.siglum; }).join(" "));
        show();
      });
    });
    if (buttons.length) { show(); }
  }

  function toggles() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-toggle]"), function (button) {
      button.addEventListener("click", function () {
        var on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        main.classList.toggle("no-" + button.dataset.toggle, !on);
      });
    });
  }

  function counterparts() {
    var lit = [];
    function light(segment, on) {
      lit.forEach(function (element) { element.classList.remove("lit"); });
      lit = [];
      if (!on) { return; }
      lit = (segment.dataset.c || "").split(" ").map(function (id) { return id && document.getElementById(id); });
      lit = lit.filter(Boolean).concat(segment);
      lit.forEach(function (element) { element.classList.add("lit"); });
    }
    main.addEventListener("mouseover", function (event) {
      var segment = event.target.closest ? event.target.closest(".s") : null;
      light(segment, segment !== null);
    });
    main.addEventListener("mouseleave", function () { light(null, false); });
  }

  function findings() {
    var buttons = document.querySelectorAll("button[data-severity]");
    Array.prototype.forEach.call(buttons, function (button) {
      button.addEventListener("click", function () {
        var on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        Array.prototype.forEach.call(document.querySelectorAll(".finding-group"), function (item) {
          if (item.dataset.severity === button.dataset.severity) { item.hidden = !on; }
        });
      });
    });
  }

  if (toolbar) { toolbar.hidden = false; }
  if (document.body.classList.contains("reading")) { versions(); toggles(); counterparts(); }
  findings();
}());
