// SPDX-License-Identifier: Apache-2.0
// Browsers start no worker from a file. Where the site is read from a disk, search runs in a hidden
// frame instead, which takes and gives the same messages as a worker.
if (location.protocol === "file:") {
  window.IFrameWorker = class extends EventTarget {
    constructor(url) {
      super();
      this.waiting = [];
      const frame = document.createElement("iframe");
      frame.hidden = true;
      frame.addEventListener("load", () => this.begin(frame, String(url)), { once: true });
      frame.srcdoc = "<!doctype html><title>search</title>";
      document.documentElement.append(frame);
    }
    begin(frame, url) {
      const inside = frame.contentWindow;
      inside.importScripts = (...urls) => urls.reduce(
        (before, next) => before.then(() => this.load(inside, next)), Promise.resolve());
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      this.load(inside, url).then(() => {
        this.inside = inside;
        this.waiting.forEach((data) => this.postMessage(data));
      });
    }
    load(inside, url) {
      return new Promise((done, failed) => {
        const script = inside.document.createElement("script");
        script.src = url;
        script.onload = done;
        script.onerror = failed;
        inside.document.head.append(script);
      });
    }
    postMessage(data) {
      if (this.inside) this.inside.dispatchEvent(new MessageEvent("message", { data }));
      else this.waiting.push(data);
    }
  };
  window.Worker = window.IFrameWorker;
}
