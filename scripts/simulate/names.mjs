/** The word lists an incident is named from: a shop, its people and its machines. All invented. */

/** name, what it handles, a verb for what it does to it */
export const DOMAINS = /** @type {const} */ ([
  ["checkout", "checkout", "placed"],
  ["order", "order", "updated"],
  ["cart", "cart", "loaded"],
  ["catalog", "product", "resolved"],
  ["search", "result page", "ranked"],
  ["payment", "charge", "authorized"],
  ["inventory", "reservation", "held"],
  ["pricing", "quote", "computed"],
  ["shipping", "shipment", "rated"],
  ["identity", "session", "verified"],
  ["notification", "message", "queued"],
  ["loyalty", "points balance", "adjusted"],
  ["fraud", "risk score", "assessed"],
  ["tax", "tax line", "computed"],
  ["promotion", "coupon", "applied"],
  ["recommendation", "recommendation set", "built"],
  ["invoice", "invoice", "issued"],
  ["returns", "return", "registered"],
  ["review", "review", "moderated"],
  ["wishlist", "wishlist", "merged"],
  ["warehouse", "pick list", "assigned"],
  ["ledger", "journal entry", "posted"],
  ["subscription", "subscription", "renewed"],
  ["address", "address", "normalized"],
  ["currency", "exchange rate", "looked up"],
  ["media", "image", "resized"],
  ["profile", "profile", "loaded"],
  ["gift-card", "gift card", "redeemed"],
  ["delivery-slot", "delivery slot", "booked"],
  ["supplier", "purchase order", "sent"],
]);

export const EDGES = ["web-gateway", "mobile-gateway", "partner-gateway", "admin-gateway"];
/** name, engine */
export const STORES = /** @type {const} */ ([
  ["orders-db", "postgres"],
  ["session-cache", "redis"],
  ["catalog-db", "postgres"],
  ["rate-cache", "redis"],
  ["ledger-db", "postgres"],
  ["stock-db", "postgres"],
  ["quote-cache", "redis"],
  ["customer-db", "postgres"],
]);

/** Whom a service asks outside the company; the others have a partner of their own. @type {Record<string, string>} */
const PROVIDERS = {
  payment: "api.paygate.example",
  notification: "mail.postbird.example",
  shipping: "rates.parcelhub.example",
  identity: "login.keyring.example",
  inventory: "stock.palletworks.example",
  pricing: "api.pricebeam.example",
  search: "query.findwell.example",
  fraud: "score.honestbee.example",
};
/** @param {string} domain */
export const providerOf = (domain) => PROVIDERS[domain] ?? `api.${domain}-partner.example`;

export const PEOPLE = [
  "ines.moreau",
  "tomas.lindqvist",
  "adaeze.obi",
  "kenji.mori",
  "lucia.ferrari",
  "samir.haddad",
  "greta.nowak",
  "omar.benali",
  "hannah.brandt",
  "rui.carvalho",
  "mei.tan",
  "devon.clarke",
];

export const NODES = ["10.42.0.11", "10.42.0.12", "10.42.1.7", "10.42.1.9", "10.42.2.4", "10.42.2.15"];
export const NAMESPACE = "shop";
