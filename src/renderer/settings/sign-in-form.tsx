/** Signs in to a server: with a token as it is, or with what an OAuth 2 token endpoint gives one for. */
import { LogIn } from "lucide-react";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import type { SignInRequest } from "../../shared/contract/connectors.ts";
import { Form, useSending } from "../ui/form.tsx";
import { FormField } from "../ui/form-field.tsx";
import {
  emptyForm,
  isOpenToAll,
  readSignInForm,
  stopSigningIn,
  type SignInField,
  type SignInProblems,
} from "./signing-in.ts";
import { signIn } from "./store.ts";

type Method = SignInRequest["method"];

const METHODS: readonly { readonly id: Method; readonly title: string; readonly note: string }[] = [
  { id: "bearer", title: "Bearer token", note: "It is shown as it is until the server refuses it." },
  {
    id: "client-credentials",
    title: "Client credentials",
    note: "OAuth 2: the client's secret gets a token, and the next one before it ends.",
  },
  {
    id: "refresh-token",
    title: "Refresh token",
    note: "OAuth 2: the refresh token gets a token, and the next one before it ends.",
  },
];

interface FieldAbout {
  readonly field: SignInField;
  readonly label: string;
  readonly isSecret?: true;
  readonly placeholder?: string;
}

const CLIENT: readonly FieldAbout[] = [
  { field: "tokenUrl", label: "Token URL", placeholder: "https://login.example/oauth/token" },
  { field: "clientId", label: "Client id" },
];
const SCOPE: FieldAbout = { field: "scope", label: "Scope, if the server wants one" };

const FIELDS: Readonly<Record<Method, readonly FieldAbout[]>> = {
  bearer: [{ field: "token", label: "Token", isSecret: true }],
  "client-credentials": [...CLIENT, { field: "clientSecret", label: "Client secret", isSecret: true }, SCOPE],
  "refresh-token": [
    ...CLIENT,
    { field: "token", label: "Refresh token", isSecret: true },
    { field: "clientSecret", label: "Client secret, if the client has one", isSecret: true },
    SCOPE,
  ],
};

export function SignInForm({ server }: { readonly server: string }): ReactNode {
  const [form, setForm] = useState(() => emptyForm(server));
  const [problems, setProblems] = useState<SignInProblems>({});
  const sending = useSending();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const change = (field: SignInField) => (value: string) => {
    setForm((known) => ({ ...known, [field]: value }));
    setProblems((known) => ({ ...known, [field]: undefined }));
    sending.forget();
  };
  const submit = async (): Promise<void> => {
    const read = readSignInForm(form);
    setProblems(read.ok ? {} : read.problems);
    if (!read.ok) return;
    await sending.send(async () => {
      await signIn(read.name, read.request);
      stopSigningIn();
    });
  };
  const fields: readonly FieldAbout[] = [
    { field: "server", label: "Server", placeholder: "https://metrics.example" },
    ...FIELDS[form.method],
  ];
  return (
    <Form
      label="Sign in to a server"
      className="sign-in-form"
      sending={sending}
      action="Sign in"
      icon={LogIn}
      note="Only this server is shown the token. It is kept where the system has a key store to seal it with."
      onSubmit={submit}
      onCancel={stopSigningIn}
    >
      <Methods chosen={form.method} onChoose={(method) => setForm((known) => ({ ...known, method }))} />
      {fields.map(({ field, label, isSecret, placeholder }) => (
        <FormField key={field} label={label} value={form[field]} problem={problems[field]}>
          {(input) => (
            <input
              {...input}
              ref={field === "server" ? first : null}
              type={isSecret ? "password" : "text"}
              autoComplete="off"
              spellCheck={false}
              placeholder={placeholder}
              onChange={({ target }) => change(field)(target.value)}
            />
          )}
        </FormField>
      ))}
      {isOpenToAll(form.server) && (
        <p className="sign-in-warning">The server is not asked over https: whoever is on the way can read the token.</p>
      )}
    </Form>
  );
}

interface MethodsProps {
  readonly chosen: Method;
  readonly onChoose: (method: Method) => void;
}

/** Native radio buttons: arrows step through them. */
function Methods({ chosen, onChoose }: MethodsProps): ReactNode {
  const group = useId();
  return (
    <div>
      <div className="setting-choices" role="radiogroup" aria-label="How to sign in">
        {METHODS.map(({ id, title }) => (
          <label key={id}>
            <input type="radio" name={group} checked={id === chosen} onChange={() => onChoose(id)} />
            {title}
          </label>
        ))}
      </div>
      <p className="second">{METHODS.find(({ id }) => id === chosen)?.note}</p>
    </div>
  );
}
