import type { Preset } from '../types.ts'
import alloy from './alloy.ts'
import cadvisor from './cadvisor.ts'
import calico from './calico.ts'
import cephOsd from './ceph-osd.ts'
import cni from './cni.ts'
import csiNode from './csi-node.ts'
import custom from './custom.ts'
import datadog from './datadog.ts'
import dcgmExporter from './dcgm-exporter.ts'
import falco from './falco.ts'
import filebeat from './filebeat.ts'
import flannel from './flannel.ts'
import fluentBit from './fluent-bit.ts'
import fluentd from './fluentd.ts'
import glusterfs from './glusterfs.ts'
import kubeBench from './kube-bench.ts'
import kured from './kured.ts'
import multus from './multus.ts'
import nodeExporter from './node-exporter.ts'
import nodeLocalDns from './node-local-dns.ts'
import nodeProblemDetector from './node-problem-detector.ts'
import nvidiaDevicePlugin from './nvidia-device-plugin.ts'
import otelCollector from './otel-collector.ts'
import suricata from './suricata.ts'
import tetragon from './tetragon.ts'
import trivy from './trivy.ts'
import vector from './vector.ts'
import wazuh from './wazuh.ts'
import weaveNet from './weave-net.ts'

/** All presets that are built in, in the order in which they are listed. */
export const presets: readonly Preset[] = [
  fluentBit,
  fluentd,
  filebeat,
  vector,
  alloy,
  otelCollector,
  nodeExporter,
  datadog,
  nodeProblemDetector,
  cadvisor,
  dcgmExporter,
  calico,
  flannel,
  multus,
  weaveNet,
  cni,
  nodeLocalDns,
  csiNode,
  glusterfs,
  cephOsd,
  falco,
  tetragon,
  suricata,
  wazuh,
  kubeBench,
  trivy,
  kured,
  nvidiaDevicePlugin,
  custom,
]
