import { koffi } from './koffi.js';
import { bind } from './libc.js';

export type User = {
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
  readonly name: string;
};

/** By name or number; a number without an entry is taken as it is. Null for an unknown name. */
export function findUser(name: string): User | null {
  if (!isNumber(name)) return decodeUser(bind<unknown>('void *getpwnam(const char *)')(name));
  const uid = Number(name);
  return decodeUser(bind<unknown>('void *getpwuid(unsigned int)')(uid)) ?? { uid, gid: uid, home: '/', name };
}

/** By name or number; null for an unknown name. */
export function findGroup(name: string): { readonly gid: number } | null {
  if (isNumber(name)) return { gid: Number(name) };
  const entry = bind<unknown>('void *getgrnam(const char *)')(name);
  return entry ? { gid: koffi().decode(entry, groupType()).gid } : null;
}

const isNumber = (name: string) => /^\d{1,10}$/.test(name);

function decodeUser(entry: unknown): User | null {
  if (!entry) return null;
  const { uid, gid, home, name } = koffi().decode(entry, userType());
  return { uid, gid, home, name };
}

type Type = ReturnType<ReturnType<typeof koffi>['struct']>;
let user: Type | null = null;
let group: Type | null = null;

const userType = () => {
  const [text, id] = ['const char *', 'unsigned int'];
  user ??= koffi().struct({
    name: text,
    password: text,
    uid: id,
    gid: id,
    gecos: text,
    home: text,
    shell: text,
  });
  return user;
};

const groupType = () => {
  group ??= koffi().struct({ name: 'const char *', password: 'const char *', gid: 'unsigned int' });
  return group;
};
