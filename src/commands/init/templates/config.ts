const editor = "# yaml-language-server: $schema=./node_modules/gstable-sync/schema.json\n";

/** A first configuration: one product and the page that sells it. It can be rehearsed as it is. */
export function starterConfig(project: string): string {
  return `${editor}# Try it without an account: npx gstable-sync plan --sandbox
version: 1
project: ${scalar(project)} # names the owner of the lockfile

accounts: # where money arrives; made in the dashboard, named here
  treasury:
    id: acc_replace_me # the first plan with a key lists yours

products:
  field-guide:
    name: A Field Guide to Moss
    description: Everything that grows on stones, in 200 pages.
    commonPrices: [$12]

paymentLinks:
  field-guide:
    linkType: fixed # custom: the payer enters the amount
    linkName: A Field Guide to Moss
    account: treasury
    settlementToken: polygon::usdc
    feeModel: merchant # who bears the fee: merchant or payer
    lineItems: [{ product: field-guide, quantity: 1, unitPrice: $12 }]
    enabled: false # true opens the page to payers
`;
}

/** The beginning of a configuration that an import fills. */
export function emptyConfig(project: string): string {
  return `${editor}version: 1\nproject: ${scalar(project)} # names the owner of the lockfile\n`;
}

/** What begins with a digit, or is a word of YAML, is quoted. */
function scalar(name: string): string {
  return /^[a-z]/.test(name) && !/^(null|true|false|yes|no|on|off|y|n)$/.test(name)
    ? name
    : JSON.stringify(name);
}
