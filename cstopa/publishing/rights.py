"""Who may make a row public, and review it."""


class WithRights:
    """Pages of a model of which it is a right to make a row public, and one to review it."""

    @property
    def permitted_by(self):
        """The model, as its ``_meta``, by whose permissions each may do what he may."""
        return self.opts

    def may(self, request, *actions):
        app, name = self.permitted_by.app_label, self.permitted_by.model_name
        return request.user.has_perms([f"{app}.{action}_{name}" for action in actions])

    def may_review(self, request):
        """Return whether somebody may approve and return."""
        return self.may(request, "review")

    def may_publish(self, request):
        """Return whether somebody may make it public without anybody's approval."""
        return self.may(request, "publish")
