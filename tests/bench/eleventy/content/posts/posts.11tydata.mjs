export default { layout: "post.njk", permalink: (data) => `/post/${data.slug}/` };
