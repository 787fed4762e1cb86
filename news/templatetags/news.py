"""The news of a delegation or a person, for the pages that are about it."""

from django import template

from news.models import Article
from news.teasers import teasers

OF_A_DELEGATION, OF_A_PERSON = 5, 20

register = template.Library()


@register.inclusion_tag("news/_of_delegation.html")
def news_of_delegation(delegation):
    articles = Article.objects.about(delegations=delegation).published()
    return {"delegation": delegation, "articles": teasers(articles[:OF_A_DELEGATION])}


@register.inclusion_tag("news/_of_person.html")
def news_of_person(person):
    articles = Article.objects.about(people=person).published()
    return {"person": person, "articles": teasers(articles[:OF_A_PERSON])}
