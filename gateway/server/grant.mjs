// What for: the purpose, legal basis and case that a consumer states in its headers.
import { GatewayError } from './errors.mjs';

const CASE = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;

/**
 * {purpose, basis, case} as stated; `purposes` maps each granted purpose to its legal bases.
 * One that exists for others gets the same answer as one that does not exist.
 */
export function statedGrant(headers, purposes) {
  const purpose = stated(headers, 'Citizengraph-Purpose', 'PURPOSE_UNKNOWN', Object.keys(purposes));
  const bases = purposes[purpose];
  const basis = stated(headers, 'Citizengraph-Basis', 'BASIS_UNKNOWN', bases);
  return { purpose, basis, case: statedCase(headers['citizengraph-case']) };
}

function stated(headers, name, code, granted) {
  const value = headers[name.toLowerCase()];
  if (!value) throw new GatewayError(code, 403, `The header ${name} is missing.`);
  if (granted.includes(value)) return value;
  const what = code === 'PURPOSE_UNKNOWN' ? 'purpose' : 'legal basis for this purpose';
  throw new GatewayError(code, 403, `The header ${name} names no ${what} that you may use.`);
}

function statedCase(value) {
  if (value === undefined || value === '') return null;
  if (CASE.test(value)) return value;
  const words =
    'The header Citizengraph-Case must be 1 to 64 letters, digits, ".", "_", "/" or "-", ' +
    'beginning with a letter or digit.';
  throw new GatewayError('CASE_INVALID', 400, words);
}
