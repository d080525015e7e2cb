/**
 * Logs of systems with very different heads, written from known templates: what a miner of templates is held against.
 * `{…}` in a template is a value; what stands for it is drawn from {@link VALUES}. Every system mixes frequent and rare
 * templates, as real ones do.
 */
export interface System {
  readonly name: string;
  /** The head of a line; the same braces. */
  readonly head: string;
  readonly templates: readonly string[];
}

type Draw = (below: number) => number;

const pick = (words: string) => {
  const list = words.split("|");
  return (draw: Draw): string => list[draw(list.length)] ?? "";
};
const two = (value: number): string => String(value).padStart(2, "0");
const hex = (draw: Draw, digits: number): string =>
  Array.from({ length: digits }, () => "0123456789abcdef"[draw(16)]).join("");

const VALUES: Readonly<Record<string, (draw: Draw, line: number) => string>> = {
  n: (draw) => String(draw(10 ** (1 + draw(6)))),
  small: (draw) => String(draw(32)),
  float: (draw) => (draw(100_000) / 97).toFixed(1 + draw(3)),
  ip: (draw) => `10.${draw(256)}.${draw(256)}.${draw(256)}`,
  addr: (draw) => `172.16.${draw(256)}.${draw(256)}:${1_024 + draw(60_000)}`,
  hex: (draw) => `0x${hex(draw, 8)}`,
  uuid: (draw) => [8, 4, 4, 4, 12].map((digits) => hex(draw, digits)).join("-"),
  id32: (draw) => hex(draw, 32),
  path: (draw) => `/${pick("var|usr|home|data|opt")(draw)}/${pick("log|lib|tmp|jobs|cache")(draw)}/${hex(draw, 5)}`,
  winpath: (draw) => `C:\\Windows\\${pick("winsxs|system32|servicing")(draw)}\\pkg_${hex(draw, 6)}\\core.dll`,
  user: pick("root|admin|guest|oracle|test|ftp|mysql|nagios|www|postgres|backup|alice"),
  host: (draw) =>
    `${pick("ns|mail|gw|static|proxy|cache")(draw)}.${pick("example|initech|contoso|fabrikam|umbrella|acme")(draw)}.${pick("com|net|org|de|co.uk")(draw)}`,
  node: (draw) => `R${two(draw(64))}-M${draw(2)}-N${draw(16)}-C:J${two(draw(18))}-U${two(draw(12))}`,
  bool: pick("true|false"),
  action: pick("android.intent.action.SCREEN_ON|android.intent.action.TIME_TICK"),
  job: (draw) => `job_14451444${draw(90_000)}_00${two(draw(99))}`,
  task: (draw) => `attempt_1445${draw(900_000)}_00${two(draw(99))}_m_0000${two(draw(99))}_0`,
  pkg: (draw) => `com.${pick("tencent|android|google|huawei")(draw)}.${pick("mm|phone|music|maps|mail")(draw)}`,
  size: (draw) => `${(draw(10_000) / 10).toFixed(1)} ${pick("KB|MB|GB|B")(draw)}`,
  lived: (draw) => (draw(3) === 0 ? "<1 sec" : `00:${two(draw(60))}`),
  // Heads.
  iso: (_, line) =>
    `2017-05-16 00:${two(Math.floor(line / 60) % 60)}:${two(line % 60)}.${String(line % 1000).padStart(3, "0")}`,
  comma: (_, line) =>
    `2015-07-29 17:${two(Math.floor(line / 60) % 60)}:${two(line % 60)},${String(line % 1000).padStart(3, "0")}`,
  sec: (_, line) => two(line % 60),
  clock: (_, line) => `17:${two(Math.floor(line / 60) % 60)}:${two(line % 60)}`,
  epoch: (_, line) => String(1_117_838_570 + line),
  level: pick("INFO|INFO|INFO|INFO|WARN|ERROR"),
  fatal: pick("INFO|INFO|FATAL|ERROR|WARNING|SEVERE"),
  letter: pick("I|D|V|W|E"),
  label: pick("-|-|-|-|-|APPREAD|KERNDTLB"),
  place: pick("node-7|node-D1|gige7|switch_module|Interconnect-0N02|full"),
  state: pick("unix.hw state_change.unavailable|unix.hw net.niff.up|boot_cmd new|domain panic|action error"),
  pid: (draw) => String(1_000 + draw(9_000)),
  thread: pick("main|Thread-{small}|IPC Server handler {small} on 62270|RMCommunicator Allocator|eventHandlingThread"),
  call: pick("getRouteById|queryForTravels|findByRouteIdAndTrainType|checkStationExists"),
  class: pick("org.acme.mapreduce.v2.app.Master|org.acme.yarn.util.Resolver|org.acme.hdfs.Client|org.acme.ipc.Server"),
  component: pick("KERNEL|APP|DISCOVERY|MMCS|LINKCARD"),
  manager: pick("PowerManager|WindowManager|ActivityManager|AudioManager|TelephonyManager|PhoneInterface"),
  module: pick("Step_LSC|Step_SPUtils|Step_Report|HiH_HiSync|HiH_Upload"),
  program: pick("sshd|crond|kernel|ntpd|postfix/smtpd|sendmail"),
  app: pick("chrome.exe|QQ.exe|Dropbox.exe|firefox.exe *64|YodaoDict.exe"),
  logger: pick("nova.osapi_compute.wsgi.server|nova.compute.manager|nova.virt.libvirt.driver|nova.api.openstack"),
};

export const SYSTEMS: readonly System[] = [
  {
    name: "supercomputer",
    head: "{label} {epoch} 2005.06.03 {node} 2005-06-03-{clock}.363779 {node} RAS {component} {fatal} ",
    templates: [
      "instruction cache parity error corrected",
      "data TLB error interrupt",
      "generating core.{n}",
      "{n} double-hummer alignment exceptions",
      "CE sym {small}, at {hex}, mask {hex}",
      "total of {n} ddr error(s) detected and corrected",
      "ciod: failed to read message prefix on control stream (CioStream socket to {addr})",
      "ciod: Error loading {path}: invalid or missing program image, No such file or directory",
      "ciod: LOGIN chdir({path}) failed: No such file or directory",
      "data storage interrupt",
      "machine check interrupt",
      "rts: kernel terminated for reason {n}",
      "rts: bad message header: invalid node number {n}",
      "Lustre mount FAILED : bglio{n} : point {path}",
      "problem state (0=sup,1=usr).......{small}",
      "program interrupt: fp cr field .............{small}",
      "instruction address: {hex}",
      "wait state enable.................{small}",
    ],
  },
  {
    name: "cluster",
    head: "{n} {place} {state} {epoch} 1 ",
    templates: [
      "Component State Change: Component \\042{hex}:{n}\\042 is in the unavailable state (HWID={n})",
      "NIFF: node node-{small} has detected a failed network connection on network {ip} via interface alt{small}",
      "NIFF: node node-{small} has detected an available network connection on network {ip} via interface alt{small}",
      "Temperature ({small}C) exceeds warning threshold",
      "Fan speeds ( {n} {n} {n} {n} )",
      "PSU failure",
      "Link error on broadcast tree Interconnect-0T00:00:{small}:{small}",
      "ServerFileSystem: An ServerFileSystem domain panic has occurred on storage{n}",
      "Targeting domains:node-D{small} and nodes:node-{small} child of command {n}",
      "boot (command {n})",
      "risBoot command {n}",
      "Exit unix.hw",
    ],
  },
  {
    name: "map-reduce",
    head: "{comma} {level} [{thread}] {class}: ",
    templates: [
      "Created Master for application appattempt_{n}_0020_{n}",
      "Progress of TaskAttempt {task} is : {float}",
      "Executing with tokens:",
      "Using mapred newApiCommitter.",
      "OutputCommitter set in config null",
      "Instantiated Speculator at org.acme.mapreduce.v2.app.speculate.DefaultSpeculator@{hex}",
      "Adding job token for {job} to jobTokenSecretManager",
      "Input size for job {job} = {n}. Number of splits = {small}",
      "{job}Job Transitioned from NEW to INITED",
      "{job}Job Transitioned from INITED to SETUP",
      "{task} TaskAttempt Transitioned from RUNNING to SUCCESS_CONTAINER_CLEANUP",
      "{task} TaskAttempt Transitioned from NEW to UNASSIGNED",
      "Address change detected. Old: {host}/{addr} New: {host}:{n}",
      "Failed to renew lease for [DFSClient_NONMAPREDUCE_{n}_1] for {n} seconds.  Will retry shortly ...",
      "Retrying connect to server: {host}:{n}. Already tried {small} time(s); retry policy is RetryUpToMaximumCountWithFixedSleep(maxRetries={small}, sleepTime={n} MILLISECONDS)",
      "Recalculating schedule, headroom=<memory:{n}, vCores:{small}>",
      "Reduce slow start threshold not met. completedMapsForReduceSlowstart {small}",
      "Registered webapp guice modules",
      "Extract jar:file:{path}.jar!/webapps to {path}",
      "Stopping server on {n}",
      "Starting Socket Reader #{small} for port {n}",
    ],
  },
  {
    name: "phone",
    head: "03-17 16:13:{sec}.811  {pid}  {pid} {letter} {manager}: ",
    templates: [
      'acquire lock={n}, flags={hex}, tag="View Lock", name={pkg}, ws=null, uid={n}, pid={pid}',
      'release lock={n}, flg={hex}, tag="RILJ_ACK_WL", name={pkg}, ws=null, uid={n}, pid={pid}',
      "ready={bool},policy={small},wakefulness={small},wksummary={hex},uasummary={hex},bootcompleted={bool}",
      "Skipping AppWindowToken{{hex} token=Token{{hex} ActivityRecord{{hex} u0 {pkg}/.Main t{n}}}} -- going to hide",
      "getRunningAppProcesses: caller {n} does not hold REAL_GET_TASKS; limiting output",
      "Do partial destroy of {pkg} from stack",
      "userActivityNoUpdateLocked: eventTime={n}, event={small}, flags={hex}, uid={n}",
      "Destroying surface Surface(name=SurfaceView - {pkg}) called by com.android.server.wm.WindowStateAnimator.destroySurfaceLocked:{n}",
      "getStreamVolume streamType={small} volume={small}",
      "mRingerMode={small}",
      "notifyServiceStateForSubscriber: subId={small} phoneId={small}",
      "showStatusIcon on inactive InputConnection",
      "printFreezingDisplayLogs opening app wtoken = AppToken{{hex}}, allDrawn= {bool}, startingDisplayed =  {bool}",
      "visible is system.call.count gt {small}",
      "Start proc {n}:{pkg}/u0a{small} for broadcast {pkg}/.Receiver",
    ],
  },
  {
    name: "step-counter",
    head: "20171223-22:15:{sec}:606|{module}|30002312|",
    templates: [
      "onStandStepChanged {n}",
      "onExtend:{n} {small} {small} {small}",
      "flush sensor data",
      "getTodayTotalDetailSteps = {n}##{n}##{n}##{n}##{n}##{n}",
      "setTodayTotalDetailSteps={n}##{n}##{n}##{n}##{n}##{n}",
      "calculateCaloriesWithCache totalCalories={n}",
      "calculateAltitudeWithCache totalAltitude={n}",
      "REPORT : {n} {n} {n} {n}",
      "processHandleBroadcastAction action:{action}",
      "upLoadHealthDataDetail size {n}",
      "insertHiHealthData() bulkSaveDetailHiHealthData fail errorCode = {n},errorMessage = {bool}",
      "checkInsertStatus stepSyncOrNot is {bool}",
      "uploadStaticsToDB() onResult  type = {n} obj={bool}",
      "new date ={n}, type={n},{float}, old={n}",
    ],
  },
  {
    name: "proxy",
    head: "[10.30 16:{sec}:06] {app} - ",
    templates: [
      "{host}:{n} open through proxy {host}:5070 HTTPS",
      "{host}:{n} open through proxy {host}:5070 SOCKS5",
      "{host}:{n} close, {n} bytes sent, {n} bytes received, lifetime {lived}",
      "{host}:{n} close, {n} bytes ({float} KB) sent, {n} bytes received, lifetime {lived}",
      "{host}:{n} close, {n} bytes sent, {n} bytes ({float} KB) received, lifetime {lived}",
      "{host}:{n} error : Could not connect through proxy {host}:{n} - Proxy server cannot establish a connection with the target, status code {n}",
      "{host}:{n} error : Could not connect to proxy {host}:{n} - connection attempt failed with error {n}",
      "open through proxy {host}:{n} HTTPS",
    ],
  },
  {
    name: "data-centre",
    head: "- {epoch} 2005.11.09 dn{n} Nov 9 {clock} dn{n}/dn{n} {program}[{pid}]: ",
    templates: [
      "session opened for user {user} by (uid={small})",
      "session closed for user {user}",
      "({user}) CMD (run-parts {path})",
      "synchronized to {ip}, stratum {small}",
      "connect from {host}[{ip}]",
      "lost connection after CONNECT from {host}[{ip}]",
      "data_thread() got not answer from any [Thunderbird_{n}] datasource",
      "check pass; user unknown",
      "DHCPDISCOVER from {id32} via eth{small}",
      "Did not receive identification string from {ip}",
      "ACPI: Processor [CPU{small}] (supports C{small})",
      "pci_hotplug: PCI Hot Plug PCI Core version: {float}",
      "Losing some ticks... checking if CPU frequency changed.",
      "scsi{small} : LSI Logic BIOS {float}",
      "Warning: unable to set up root window",
    ],
  },
  {
    name: "servicing",
    head: "2016-09-28 {clock}, Info                  CBS    ",
    templates: [
      "Loaded Servicing Stack v{float} with Core: {winpath}",
      "SQM: Initializing online with Windows opt-in: {bool}",
      "SQM: Cleaning up report files older than {small} days.",
      "SQM: Requesting upload of all unsent reports.",
      "SQM: Failed to start upload with file pattern: {winpath}, flags: {hex} [HRESULT = {hex} - E_FAIL]",
      "Session: {n}_{n} initialized by client WindowsUpdateAgent.",
      "Read out cached package applicability for package: Package_for_KB{n}~31bf3856ad364e35~amd64~~6.1.1.{small}, ApplicableState: {n}, CurrentState:{n}",
      "Warning: Unrecognized packageExtended attribute.",
      "Expecting attribute name [HRESULT = {hex} - CBS_E_MANIFEST_INVALID_ITEM]",
      "Failed to get next element [HRESULT = {hex} - CBS_E_MANIFEST_INVALID_ITEM]",
      "Ending TrustedInstaller initialization.",
      "Starting TrustedInstaller initialization.",
      "Reboot mark refs incremented to: {small}",
      "NonStart: Checking to ensure startup processing was not required.",
      "No startup processing required, TrustedInstaller service was not set as autostart",
      "Startup processing thread terminated normally",
    ],
  },
  {
    name: "coordinator",
    head: "{comma} - {level}  [QuorumPeer[myid={small}]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@{n}] - ",
    templates: [
      "Notification time out: {n}",
      "Interrupted while waiting for message on queue",
      "Connection broken for id {n}, my id = {small}, error =",
      "Received connection request /{addr}",
      "Cannot open channel to {small} at election address /{addr}",
      "Closed socket connection for client /{addr} which had sessionid {hex}",
      "Closed socket connection for client /{addr} (no session established for client)",
      "Client attempting to establish new session at /{addr}",
      "Client attempting to renew session {hex} at /{addr}",
      "Established session {hex} with negotiated timeout {n} for client /{addr}",
      "Expiring session {hex}, timeout of {n}ms exceeded",
      "Processed session termination for sessionid: {hex}",
      "caught end of stream exception",
      "Interrupting SendWorker",
      "Send worker leaving thread",
      "Snapshotting: {hex} to {path}",
      "LEADING",
      "FOLLOWING",
      "New election. My id =  {small}, proposed zxid={hex}",
    ],
  },
  {
    name: "cloud",
    head: "nova-api.log.1.2017-05-16_13:53:08 {iso} {pid} {level} {logger} [req-{uuid} {id32} {id32} - - -] ",
    templates: [
      '{ip} "GET /v2/{id32}/servers/detail HTTP/1.1" status: {n} len: {n} time: {float}',
      '{ip} "POST /v2/{id32}/os-server-external-events HTTP/1.1" status: {n} len: {n} time: {float}',
      '{ip} "DELETE /v2/{id32}/servers/{uuid} HTTP/1.1" status: {n} len: {n} time: {float}',
      "[instance: {uuid}] VM Started (Lifecycle Event)",
      "[instance: {uuid}] VM Paused (Lifecycle Event)",
      "[instance: {uuid}] VM Resumed (Lifecycle Event)",
      "[instance: {uuid}] VM Stopped (Lifecycle Event)",
      "[instance: {uuid}] Took {float} seconds to build instance.",
      "[instance: {uuid}] Took {float} seconds to spawn the instance on the hypervisor.",
      "[instance: {uuid}] Attempting claim: memory {n} MB, disk {small} GB, vcpus {small} CPU",
      "[instance: {uuid}] Total memory: {n} MB, used: {float} MB",
      "[instance: {uuid}] Claim successful",
      "[instance: {uuid}] Deleting instance files {path}_del",
      "[instance: {uuid}] Instance destroyed successfully.",
      "Active base files: {path}",
      "Removable base files: {path}",
      "image {uuid} at ({path}): checking",
      "Running instance usage audit for host cp-{small} from {iso} to {iso}. {small} instances.",
      "HTTP exception thrown: No instances found for any event",
    ],
  },
  {
    name: "remote-shell",
    head: "Dec 10 {clock} LabSZ sshd[{pid}]: ",
    templates: [
      "reverse mapping checking getaddrinfo for {host} [{ip}] failed - POSSIBLE BREAK-IN ATTEMPT!",
      "Invalid user {user} from {ip}",
      "input_userauth_request: invalid user {user} [preauth]",
      "pam_unix(sshd:auth): check pass; user unknown",
      "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip}",
      "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip}  user={user}",
      "Failed password for invalid user {user} from {ip} port {n} ssh2",
      "Failed password for {user} from {ip} port {n} ssh2",
      "Connection closed by {ip} [preauth]",
      "Received disconnect from {ip}: 11: Bye Bye [preauth]",
      "Accepted password for {user} from {ip} port {n} ssh2",
      "message repeated {small} times: [ Failed password for root from {ip} port {n} ssh2]",
      "PAM {small} more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip}  user={user}",
      "Did not receive identification string from {ip}",
      "Disconnecting: Too many authentication failures for {user} [preauth]",
      "fatal: Write failed: Connection reset by peer [preauth]",
    ],
  },
  {
    name: "desktop",
    head: "Jul  1 {clock} calvisitor-10-105-160-95 kernel[0]: ",
    templates: [
      "IOThunderboltSwitch<{small}>({hex})::listenerCallback - Thunderbolt HPD packet for route = {hex} port = {small} unplug = {small}",
      "Thermal pressure state: {small} Memory pressure state: {small}",
      "ARPT: {float}: AirPort_Brcm43xx::powerChange: System Sleep",
      "ARPT: {float}: wl0: wl_update_tcpkeep_seq: Original Seq: {n}, Ack: {n}, Win size: {n}",
      "en0: BSSID changed to {hex}",
      "en{small}: channel changed to {small},+1",
      "AppleThunderboltNHIType2::prePCIWake - power up complete - took {n} us",
      "PM response took {n} ms ({n}, powerd)",
      "Wake reason: RTC (Alarm)",
      "Wake reason: ?",
      "RTC: PowerByCalendarDate setting ignored",
      "hibernate image path: {path}",
      "hibernate_page_list_setall(preflight {small}) start",
      "Bluetooth -- LE is supported - Disable LE meta event",
      "TBT W ({small}): {hex} [x]",
      "in6_unlink_ifa: IPv6 address {hex} has no prefix",
      "Sandbox: com.apple.Addres({n}) deny({small}) network-outbound {path}",
      "USBMSC Identifier (non-unique): {hex} {hex} {hex} {hex}",
    ],
  },
  {
    name: "traced-service",
    head: "TraceID: {id32} SpanID: {id32} ",
    templates: [
      "[{call}][Query stations for id batch][names: {n}]",
      "[{call}][Query config success][config name: {class}]",
      "order {uuid} saved",
      "order {uuid} not found",
      "calling {host}:{n}{path} with {n} headers",
      "seat {small} of train {n} is taken",
      "no content",
    ],
  },
  {
    name: "plain-service",
    head: "{iso} {level} ",
    templates: [
      "order {uuid} placed by {user}",
      "order {uuid} cancelled by {user}",
      "payment of {float} EUR for order {uuid} declined: insufficient funds",
      "payment of {float} EUR for order {uuid} declined: card expired",
      "pool exhausted, {small} waiting, oldest {n}ms",
      "cache miss for key user:{n}",
      "cache hit for key user:{n}",
      "slow query ({n} ms): SELECT * FROM orders WHERE id = {n}",
      "retrying {host}:{n} in {n}ms (attempt {small}/{small})",
      "breaker for {host} is now open",
      "breaker for {host} is now closed",
      "flag checkout-v2 evaluated to {bool} for {user}",
      "starting worker {small}",
      "stopping worker {small}",
      "config reloaded",
    ],
  },
];

export interface TrueLine {
  readonly text: string;
  readonly template: string;
}

/** The same numbers for the same seed (mulberry32). */
function drawing(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const fill = (text: string, draw: Draw, line: number): string =>
  text.replaceAll(/\{(\w+)\}/g, (all, name: string) => {
    const value = VALUES[name]?.(draw, line);
    return value === undefined ? all : fill(value, draw, line);
  });

/** Every template is met at least once, the first ones far more often. */
export function linesOf({ head, templates }: System, count: number, seed: number): TrueLine[] {
  const draw = drawing(seed);
  return Array.from({ length: count }, (_, line) => {
    const at =
      line < templates.length ? line : Math.min(draw(templates.length), draw(templates.length), draw(templates.length));
    const template = templates[at] ?? "";
    return { text: fill(head, draw, line) + fill(template, draw, line), template };
  });
}
