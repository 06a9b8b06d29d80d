import { HttpKubeApi } from "../../kube/HttpKubeApi.ts";
import { systemClock } from "../../runtime/systemClock.ts";
import { useControlPlane } from "../control-plane/useControlPlane.ts";
import { kubeApiConformance } from "./kubeApiConformance.ts";

const plane = await useControlPlane(import.meta.url);

kubeApiConformance(
  "HttpKubeApi on a real kube-apiserver",
  async () => {
    const api = new HttpKubeApi({ clock: systemClock, connection: plane.adminConnection });
    const namespace = await plane.namespace("suite");
    return { api, namespace, close: async () => api.close() };
  },
  { skip: plane.skip },
);
