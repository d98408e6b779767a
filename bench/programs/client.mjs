// The calls of gstable-js that the scripts beside it use: the same names, on Node's fetch, as there.
const base = process.env.GSTABLE_BASE_URL;
const headers = {
  authorization: `Bearer ${process.env.GSTABLE_API_KEY}`,
  "content-type": "application/json",
};

export const client = {
  product: { list: (page, size) => get(`/product/list/${page}/${size}`) },
  paymentLink: {
    list: (page, size) => get(`/payment/link/list/${page}/${size}`),
    detail: (id) => get(`/payment/link/${id}`),
  },
};

async function get(path) {
  const { code, data, message } = await (await fetch(base + path, { headers })).json();
  if (code !== 0) throw new Error(`${path}: ${code} ${message}`);
  return data;
}
