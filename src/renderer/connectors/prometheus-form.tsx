/** Adds metrics of a Prometheus server to the case, or begins one with them. */
import { Plus } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { addToCase, createCase, useCase } from "../state/case.ts";
import { showView } from "../state/layout.ts";
import { Form, useSending } from "../ui/form.tsx";
import { FormField } from "../ui/form-field.tsx";
import { changeForm, stopAdding, useAdding } from "./adding.ts";
import { readPrometheusForm, type Problems, type PrometheusField, type PrometheusForm } from "./prometheus.ts";

export function AddPrometheus(): ReactNode {
  const form = useAdding((state) => state.form);
  return form === null ? null : <PrometheusFields form={form} />;
}

function PrometheusFields({ form }: { readonly form: PrometheusForm }): ReactNode {
  const hasCase = useCase((state) => state.info !== null);
  const [problems, setProblems] = useState<Problems>({});
  const sending = useSending();
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const change = (field: PrometheusField) => (value: string) => {
    changeForm({ [field]: value });
    setProblems((known) => ({ ...known, [field]: undefined }));
    sending.forget();
  };
  const submit = async (): Promise<void> => {
    const read = readPrometheusForm(form);
    setProblems(read.ok ? {} : read.problems);
    if (!read.ok) return;
    await sending.send(async () => {
      await (hasCase ? addToCase([read.path]) : createCase([read.path]));
      stopAdding();
      showView("sources");
    });
  };
  return (
    <Form
      label="Add Prometheus"
      className="prometheus-form"
      sending={sending}
      action={hasCase ? "Add to the case" : "Begin a case"}
      icon={Plus}
      note="Only this server is asked, for this window. A name and password in the address are used and not kept."
      onSubmit={submit}
      onCancel={stopAdding}
    >
      <h2>Read metrics of a Prometheus server</h2>
      <FormField label="Address" value={form.url} problem={problems.url}>
        {(input) => (
          <input
            {...input}
            ref={first}
            placeholder="http://prometheus.example:9090"
            spellCheck={false}
            onChange={({ target }) => change("url")(target.value)}
          />
        )}
      </FormField>
      <FormField label="Queries, one a line; none reads every metric" value={form.queries} problem={problems.queries}>
        {(input) => (
          <textarea
            {...input}
            className="field mono"
            placeholder={"rate(http_requests_total[1m])\nprocess_resident_memory_bytes"}
            rows={3}
            spellCheck={false}
            onChange={({ target }) => change("queries")(target.value)}
          />
        )}
      </FormField>
      <div className="prometheus-window">
        <FormField label="From" value={form.start} problem={problems.start}>
          {(input) => <input {...input} onChange={({ target }) => change("start")(target.value)} />}
        </FormField>
        <FormField label="To" value={form.end} problem={problems.end}>
          {(input) => <input {...input} onChange={({ target }) => change("end")(target.value)} />}
        </FormField>
        <FormField label="Step" value={form.step} problem={problems.step}>
          {(input) => <input {...input} onChange={({ target }) => change("step")(target.value)} />}
        </FormField>
      </div>
    </Form>
  );
}
