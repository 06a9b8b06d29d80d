/**
 * A fake Core as a container's program: admin HTTP on 127.0.0.1:11626, peers on 11625, as Core's defaults are.
 */
import { hostname } from "node:os";
import { systemClock } from "../../../runtime/systemClock.ts";
import { FakeCore } from "../../fake-core/FakeCore.ts";
import { TcpNetwork } from "./TcpNetwork.ts";

const peerPort = 11_625;
const { POD_IP: ip = "127.0.0.1", NETWORK_PASSPHRASE: passphrase = "" } = process.env;
const network = new TcpNetwork(systemClock, peerPort);
const core = new FakeCore({
  clock: systemClock,
  network,
  name: hostname(),
  address: `${ip}:${peerPort}`,
  passphrase,
  httpPort: 11_626,
});
await core.start();
await network.listen();
console.log(`fake Core ${hostname()} at ${ip}`);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => process.exit(0));
