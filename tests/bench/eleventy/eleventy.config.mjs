// Eleventy's side of the benchmark: the addresses, lists and feed of ours
const kinds = {
  blog: () => [""],
  author: (post) => post.data.author,
  category: (post) => post.data.category,
  label: (post) => post.data.label,
  year: (post) => post.data.year,
};
const perPage = 12;

export default function (config) {
  config.amendLibrary("md", (markdown) => markdown.set({ html: true, typographer: true }));
  config.addCollection("posts", (api) => api.getFilteredByGlob("content/posts/*.md").reverse());
  config.addCollection("lists", (api) => {
    const posts = api.getFilteredByGlob("content/posts/*.md").reverse();
    return Object.entries(kinds).flatMap(([kind, namesOf]) => {
      const lists = new Map();
      for (const post of posts) {
        for (const name of namesOf(post)) lists.has(name) ? lists.get(name).push(post) : lists.set(name, [post]);
      }
      return [...lists].flatMap(([name, listed]) => pagesOf(kind, name, listed));
    });
  });
  return { dir: { input: "content", output: "output", includes: "../layouts" }, markdownTemplateEngine: false };
}

function pagesOf(kind, name, listed) {
  const first = name ? `/blog/${kind}/${name.toLowerCase().replaceAll(" ", "-")}/` : "/blog/";
  const count = Math.ceil(listed.length / perPage);
  const urls = Array.from({ length: count }, (_, number) => (number ? `${first}page/${number + 1}/` : first));
  return urls.map((url, number) => {
    const posts = listed.slice(number * perPage, (number + 1) * perPage);
    return { title: name || "Blog", url, urls, posts };
  });
}
