"""A headless Chromium, driven over its debugging protocol: pages, keys, pictures, and what the browser complains of."""

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import urllib.request

try:
    import websocket
except ImportError:
    websocket = None

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]


def missing():
    """What is not installed, in words; nothing when all is there."""
    if websocket is None:
        return "the Python package websocket-client"
    if not any(shutil.which(name) for name in NAMES):
        return "Chromium (chromium-headless-shell)"
    return ""


class Browser:
    """A browser with one page. Complaints are all errors, warnings, blocked things and requests that it reports."""

    def __init__(self, width=1280, height=900, dark=False, scripts=True):
        program = next(filter(None, map(shutil.which, NAMES)))
        self.folder = tempfile.mkdtemp()
        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             "--remote-allow-origins=*", "--user-data-dir=" + self.folder, "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True)
        for line in self.process.stderr:
            if "DevTools listening on" in line:
                port = line.split("//")[1].split("/")[0]
                break
        with urllib.request.urlopen("http://%s/json" % port) as reply:
            pages = json.load(reply)
        address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
        self.socket = websocket.create_connection(address, timeout=120)
        self.number = 0
        self.complaints = []
        self.requests = []
        self.loaded = False
        for domain in ["Page", "Runtime", "Network", "Log"]:
            self.send(domain + ".enable")
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.send("Emulation.setEmulatedMedia",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        if not scripts:
            self.send("Emulation.setScriptExecutionDisabled", value=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        # The program may be a script that starts the browser: both belong to one group.
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def send(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError("%s: %s" % (method, message["error"]))
                return message["result"]
            self.note(message)

    def note(self, message):
        method, facts = message.get("method"), message.get("params", {})
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Runtime.exceptionThrown":
            details = facts["exceptionDetails"]
            self.complaints.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled" and facts["type"] in ("error", "warning"):
            self.complaints.append(str(facts["args"]))
        elif method == "Log.entryAdded":
            self.complaints.append(facts["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(facts["request"]["url"])

    def open(self, path, mark=""):
        self.loaded = False
        self.send("Page.navigate", url="file://" + os.path.abspath(path) + mark)
        while not self.loaded:
            self.note(json.loads(self.socket.recv()))

    def ask(self, expression):
        """The value of an expression in the page, which may be a promise."""
        reply = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in reply:
            details = reply["exceptionDetails"]
            raise RuntimeError(details.get("exception", {}).get("description", details["text"]))
        return reply["result"].get("value")

    def key(self, key, text=None):
        text = text if text is not None else key if len(key) == 1 else "\r" if key == "Enter" else ""
        code = {"ArrowRight": 39, "ArrowLeft": 37, "ArrowUp": 38, "ArrowDown": 40, "Enter": 13, "Home": 36, "End": 35}
        fields = {"key": key, "windowsVirtualKeyCode": code.get(key, ord(key[0]))}
        self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **fields)
        self.send("Input.dispatchKeyEvent", type="keyUp", **fields)

    def settle(self):
        """Waits until everything is drawn."""
        self.ask("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")

    def picture(self, path, whole=True):
        reply = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        with open(path, "wb") as file:
            file.write(base64.b64decode(reply["data"]))
