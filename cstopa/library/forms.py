from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cstopa.languages import LANGUAGES, to_attribute
from cstopa.library.file_forms import FileForm, UploadField, UploadWidget
from cstopa.library.models import Picture, Upload
from cstopa.library.placements import is_promised
from cstopa.library.reading import picture_in

WORDS = ("alternative", "caption", "credit")


class PictureWidget(UploadWidget):
    template_name = "admin/widgets/picture.html"
    pages = "admin:library_picture"

    @staticmethod
    def shown(upload):
        return reverse("admin:library_picture_uploaded", args=[upload.token])


class PictureForm(FileForm):
    uploaded = UploadField(
        widget=PictureWidget,
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP, AVIF or a still GIF, of 50 megapixels at most."),
    )
    says_of_file = (
        *("uploaded", "is_decorative", "focal_x", "focal_y", "source_url"),
        *(to_attribute(name, each) for name in WORDS for each in LANGUAGES),
    )
    uploads, look = Upload.objects, staticmethod(picture_in)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if upload := self.uploads.sent(self.account, self.initial.get("uploaded") or ""):
            for language in LANGUAGES:
                name = to_attribute("alternative", language)
                self.initial.setdefault(name, getattr(upload, name))

    def clean_uploaded(self):
        upload = super().clean_uploaded()
        # As soon as there is a picture, whatever names it shows it.
        if (
            upload
            and upload.is_named
            and not (self.instance.pk or self.may_publish)
            and is_promised(upload.code)
        ):
            raise ValidationError(
                gettext(
                    "Readers would see it in a text that is public, or is to be: ask a publisher to take it"
                    " out of the text, describe it, and let it be put in again."
                )
            )
        return upload

    def save(self, commit=True):
        if upload := self.cleaned_data.get("uploaded"):
            self.instance.name = self.instance.name or upload.name
        return super().save(commit)

    class Meta:
        model = Picture
        fields = ()
