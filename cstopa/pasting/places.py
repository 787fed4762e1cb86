from itertools import islice

from cstopa.pasting.lists import Item


class Place:
    """Where blocks go: the whole text, a quote or a cell."""

    def __init__(self, blocks):
        self.blocks = blocks
        self.paragraph = None
        # The item that is being written, and the lists around it, each [kind, number that follows].
        self.item = None
        self.lists = []

    def put(self, block):
        self.paragraph = None
        if self.item is None:
            self.blocks.append(block)
            return
        if self.blocks[-1] is not self.item:
            self.item = Item(self.item.level, self.item.kind, self.item.number, is_continued=True)
            self.blocks.append(self.item)
        self.item.blocks.append(block)

    def start(self, item):
        self.paragraph = None
        self.item = item
        self.blocks.append(item)

    def item_before(self, item):
        """Return the one before the last ``item`` in its list, or None."""
        for block in islice(reversed(self.blocks), 1, None):
            if not isinstance(block, Item) or block.level < item.level:
                return None
            if block.level == item.level and not block.is_continued:
                return block
        return None
