"""Pictures that a document of Word brings: each becomes an upload that waits to be described."""

import time

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cstopa.languages import LANGUAGES, to_attribute
from cstopa.library import files
from cstopa.library.models import LONGEST_ALTERNATIVE, Upload, code_of
from cstopa.library.reading import picture_in
from cstopa.library.references import paragraph
from cstopa.library.uploads import LONGEST_NAME, new_token, without_folder

# After which no further one is begun, and in which the last ends: who has dropped the document waits.
SECONDS_TO_BEGIN = 30
SECONDS = 60


class Arriving:
    """The pictures of a document that are looked into; ``codes`` are ``{number: code}`` of those that may come.

    Of the others ``notes`` says why; ``left_out`` of them had no time.
    """

    def __init__(self, pictures):
        self.pictures = pictures
        self.tokens, self.found, self.notes = {}, {}, []
        self.left_out = 0
        begins = time.monotonic()
        for number, each in enumerate(pictures):
            passed = time.monotonic() - begins
            if passed > SECONDS_TO_BEGIN:
                self.left_out += 1
                continue
            try:
                self.found[number] = picture_in(each.content, SECONDS - passed)
                self.tokens[number] = new_token()
            except ValidationError as error:
                self.refuse(number, error)

    @property
    def codes(self):
        return {number: code_of(token) for number, token in self.tokens.items()}

    def refuse(self, number, error):
        said = {"number": number + 1, "reason": " ".join(error.messages)}
        self.notes.append(_("Picture %(number)d was left out. %(reason)s") % said)

    def keep(self, account, html, name, language):
        """Keep those that a text has, and return the text with those that there was room for, and their uploads.

        ``name`` is that of the document; what Word says of them is in its ``language``, if that is known.
        """
        uploads = []
        # The number behind it is what tells them apart.
        start = without_folder(name)[: LONGEST_NAME - 10]
        for number, code in self.codes.items():
            if paragraph(code) not in html:
                continue
            try:
                with files.gone_with_rows(), transaction.atomic():
                    upload = Upload.objects.keep(
                        account,
                        self.found[number],
                        f"{start} {number + 1}".strip(),
                        token=self.tokens[number],
                        **self._words(number, language),
                    )
            except ValidationError as error:
                html = html.replace(paragraph(code), "")
                self.refuse(number, error)
            else:
                uploads.append(upload)
        return html, uploads

    def _words(self, number, language):
        words = " ".join(self.pictures[number].words.split())[:LONGEST_ALTERNATIVE]
        return {to_attribute("alternative", language): words} if language in LANGUAGES else {}
