/** Preferences of this window alone: they are not in the settings file. */
import { useId, type ReactNode } from "react";
import { zoneLabel } from "../../shared/text/zone.ts";
import { zoneChoices } from "../shell/zone-menu.tsx";
import { setDensity, setTheme, useLayout } from "../state/layout.ts";
import { localZone, setZone, useZone } from "../state/zone.ts";
import { Picker } from "../ui/picker.tsx";

const THEMES = [
  { id: "system", title: "System" },
  { id: "light", title: "Light" },
  { id: "dark", title: "Dark" },
] as const;
const DENSITIES = [
  { id: "compact", title: "Compact" },
  { id: "comfortable", title: "Comfortable" },
] as const;

export function Appearance(): ReactNode {
  const theme = useLayout((state) => state.theme);
  const density = useLayout((state) => state.density);
  const zone = useZone((state) => state.zone);
  return (
    <>
      <Preference title="Theme" note="Colours of the window.">
        <Choices name="Theme" choices={THEMES} chosen={theme} onChoose={setTheme} />
      </Preference>
      <Preference title="Rows" note="Height of the rows of every list.">
        <Choices name="Rows" choices={DENSITIES} chosen={density} onChoose={setDensity} />
      </Preference>
      <Preference title="Zone" note="In which every time on screen is written.">
        <Picker
          label={`Zone of all times: ${zone}`}
          className="setting-picker"
          shown={zoneLabel(zone)}
          placeholder="City or zone"
          value={zone}
          choices={(typed) => zoneChoices(typed, localZone(), Intl.supportedValuesOf("timeZone"))}
          onChoose={setZone}
        />
      </Preference>
    </>
  );
}

interface PreferenceProps {
  readonly title: string;
  readonly note: string;
  readonly children: ReactNode;
}

function Preference({ title, note, children }: PreferenceProps): ReactNode {
  return (
    <div className="setting">
      <div className="setting-words">
        <span>{title}</span>
        <p>{note}</p>
      </div>
      <div className="setting-value">{children}</div>
    </div>
  );
}

interface ChoicesProps<T extends string> {
  readonly name: string;
  readonly choices: readonly { readonly id: T; readonly title: string }[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
}

/** Native radio buttons: arrows step through them. */
function Choices<T extends string>({ name, choices, chosen, onChoose }: ChoicesProps<T>): ReactNode {
  const group = useId();
  return (
    <div className="setting-choices" role="radiogroup" aria-label={name}>
      {choices.map(({ id, title }) => (
        <label key={id}>
          <input type="radio" name={group} checked={id === chosen} onChange={() => onChoose(id)} />
          {title}
        </label>
      ))}
    </div>
  );
}
