"""A tab of the browser: what its pages ask for, what they complain of, and what axe finds."""

from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that depends on the colours that the reader has chosen.
CONTRAST = ["color-contrast"]
AXE = Axe().axe_script
# axe would fetch the style sheets once more. Rules that it leaves out by default (the size of
# targets) are run too, since they are asked for by their tags.
RUN = """async rules => {
    const options = {preload: false, resultTypes: ["violations"], runOnly: rules};
    const {violations} = await axe.run(options);
    return violations.map(rule => `${rule.id}: ${rule.nodes.map(node => node.html).join(" ")}`);
}"""
# What a page complains of before any script of a test could listen.
LISTEN = """
    window.told = [];
    window.shifts = [];
    addEventListener("securitypolicyviolation", violation =>
        told.push(`policy: ${violation.violatedDirective} ${violation.blockedURI}`));
    new PerformanceObserver(list => list.getEntries().forEach(shift =>
        shifts.push([shift.value, ...shift.sources.map(({node}) => node?.outerHTML ?? "")])))
        .observe({type: "layout-shift", buffered: true});
"""
SETTLED = """async () => {
    await document.fonts.ready;
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    return shifts;
}"""
# What sticks out to the right, where the page is wider than its screen.
WIDER = """() => {
    const pixels = document.documentElement.scrollWidth - innerWidth;
    return pixels <= 0 ? [] : [`wider than ${innerWidth} by ${pixels}`, ...[
        ...document.querySelectorAll("body *")]
        .filter(each => each.getBoundingClientRect().right > innerWidth)
        .map(each => each.outerHTML.slice(0, 120)).slice(0, 5)];
}"""
# The words of tables that go across lines, or out of their place, of those that are seen.
SPLIT_WORDS = """() => {
    const split = [];
    for (const table of document.querySelectorAll("main table")) {
        const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
            // What is for listeners alone: the caption, and heads where rows stand as blocks.
            if (texts.currentNode.parentElement.closest("thead, caption")?.offsetWidth === 1) continue;
            for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
                const range = document.createRange();
                range.setStart(texts.currentNode, word.index);
                range.setEnd(texts.currentNode, word.index + word[0].length);
                const end = table.parentElement.getBoundingClientRect().right + 1;
                if (range.getClientRects().length > 1 || range.getBoundingClientRect().right > end)
                    split.push(word[0]);
            }
        }
    }
    return split;
}"""
# WCAG 1.4.12, of which no content may be lost.
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* {
        line-height: 1.5 !important;
        letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important;
    }
    p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""


class Tab:
    """Opens one address after another; ``faults`` is what none of them may have."""

    def __init__(self, context, base_url):
        context.add_init_script(LISTEN)
        self.page, self.base_url = context.new_page(), base_url
        self.faults, self.received, self._kinds = [], {}, {}
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("console", self._told)
        self.page.on("request", self._asked)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)
        network = context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.on("Network.responseReceived", self._began)
        network.on("Network.loadingFinished", self._received)

    def open(self, address, status=200):
        """Go to an address, and wait until everything has its place."""
        self.status = status
        answer = self.page.goto(address)
        self.settle()
        if answer.status != status:
            self.faults.append(f"status: {answer.status}")
        return answer

    def settle(self):
        shifts = self.page.evaluate(SETTLED)
        # A line or a label that arrives in two pieces moves a little; see test_arrival.py for the rest.
        if sum(value for value, *_nodes in shifts) > 0.01:
            self.faults += [f"layout shift: {shift}" for shift in shifts]
        self.faults += self.page.evaluate("told")

    def moved(self):
        """Return bytes and requests so far, pictures left out."""
        sizes = [size for kind, size in self.received.values() if kind != "Image"]
        return sum(sizes), len(sizes)

    def check_with_axe(self, screen, rules=TAGS):
        """Note what axe finds on the page as it is shown now."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        self.faults += [f"axe, {screen}: {rule}" for rule in self.page.evaluate(RUN, rules)]

    def check_width(self):
        """Note what makes the page wider than the screen."""
        if found := self.page.evaluate(WIDER):
            self.faults.append(" ".join(found))

    def _told(self, message):
        # The browser itself notes in the console that a page was not found.
        if not (self.status != 200 and f"status of {self.status}" in message.text):
            self.faults.append(f"console: {message.text}")

    def _asked(self, request):
        if not request.url.startswith(self.base_url):
            self.faults.append(f"foreign: {request.url}")

    def _failed(self, request):
        # The browser gives up an icon of the page that it leaves.
        if not (request.failure == "net::ERR_ABORTED" and "/images/icon." in request.url):
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response):
        if response.status >= 400 and not response.request.is_navigation_request():
            self.faults.append(f"answered with {response.status}: {response.url}")

    def _began(self, event):
        self._kinds[event["requestId"]] = event["type"]

    def _received(self, event):
        kind = self._kinds.get(event["requestId"])
        self.received[event["requestId"]] = kind, event["encodedDataLength"]
