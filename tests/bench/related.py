"""What related articles cost by themselves: ``python -m tests.bench.related 5000`` finds them for so many articles.

The number of words looked at for one article is bounded, so twice as many articles should take twice as long.
"""

import sys

from clinic.domain.articles.related import ArticleProfile, Label, RelatedArticles, stems
from tests.bench.articles import Sample, samples


def main() -> None:
    """Everything from the text of the articles to the three beside each; prints how many were found."""
    articles = samples(int(sys.argv[1]))
    related = RelatedArticles(_document(number, article) for number, article in enumerate(articles))
    found = sum(len([*related.nearest(article.slug)][:3]) for article in articles)
    print(found)


def _document(number: int, article: Sample) -> ArticleProfile:
    labels = [Label("tag", name, 2.0) for name in article.tags]
    labels.append(Label("category", article.category, 0.6, is_subject=False))
    order = (-article.day.toordinal() - number / 1e6, article.slug)
    return ArticleProfile(article.slug, order, tuple(labels), stems(f"{article.title} {article.body}"))


if __name__ == "__main__":
    main()
