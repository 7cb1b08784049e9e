import { writeValue } from '../../write-yaml.ts'

/**
 * A small set of rules to begin with: what is hardly ever right in a container, or on a node.
 * @param knowsContainers whether the plugin is there that knows of containers
 */
export function falcoRules(knowsContainers: boolean): string {
  const items = [
    {
      macro: 'in_container',
      condition: knowsContainers ? '(container.id != host)' : '(proc.pid != val(proc.vpid))',
    },
    { macro: 'started', condition: '(evt.type in (execve, execveat) and evt.res = SUCCESS)' },
    {
      macro: 'opened_to_read',
      condition:
        "(evt.type in (open, openat, openat2) and evt.is_open_read = true and fd.typechar = 'f' and fd.num >= 0)",
    },
    {
      macro: 'opened_to_write',
      condition:
        "(evt.type in (open, openat, openat2) and evt.is_open_write = true and fd.typechar = 'f' and fd.num >= 0)",
    },
    { list: 'shells', items: ['ash', 'bash', 'csh', 'dash', 'fish', 'ksh', 'sh', 'tcsh', 'zsh'] },
    {
      list: 'package_managers',
      items: [
        'apk',
        'apt',
        'apt-get',
        'dnf',
        'dpkg',
        'microdnf',
        'pip',
        'pip3',
        'rpm',
        'tdnf',
        'yum',
        'zypper',
      ],
    },
    {
      list: 'readers_of_passwords',
      items: [
        'chpasswd',
        'cron',
        'crond',
        'login',
        'passwd',
        'sshd',
        'sshd-session',
        'su',
        'sudo',
        'systemd',
        'unix_chkpwd',
        'useradd',
        'usermod',
      ],
    },
    {
      rule: 'Shell with a terminal in a container',
      desc: 'Somebody works in a container by hand, by kubectl exec or after breaking in.',
      condition: 'started and in_container and proc.name in (shells) and proc.tty != 0',
      output:
        'A shell with a terminal was started in a container (user=%user.name command=%proc.cmdline parent=%proc.pname)',
      priority: 'NOTICE',
      tags: ['container', 'shell'],
    },
    {
      rule: 'Program that is not of the image',
      desc: 'A program was written into a running container and started there.',
      condition:
        'started and in_container and proc.is_exe_upper_layer = true and not proc.pname in (package_managers)',
      output:
        'A program that is not of the image was started (file=%proc.exepath user=%user.name command=%proc.cmdline parent=%proc.pname)',
      priority: 'CRITICAL',
      tags: ['container', 'process'],
    },
    {
      rule: 'Program from memory',
      desc: 'A program that lies in no file was started, which leaves nothing to be found.',
      condition:
        'started and proc.is_exe_from_memfd = true and not proc.pname in (runc, crun) and not proc.exepath startswith "memfd:runc_cloned:"',
      output: 'A program was started from memory (user=%user.name command=%proc.cmdline parent=%proc.pname)',
      priority: 'CRITICAL',
      tags: ['process'],
    },
    {
      rule: 'Package manager in a container',
      desc: 'A running container installs software, which belongs into its image.',
      condition: 'started and in_container and proc.name in (package_managers)',
      output:
        'Software is installed in a container (user=%user.name command=%proc.cmdline parent=%proc.pname)',
      priority: 'NOTICE',
      tags: ['container', 'process'],
    },
    {
      rule: 'Write to where programs lie',
      desc: 'A file among the programs of a node or image was opened for writing.',
      condition:
        'opened_to_write and fd.directory in (/bin, /sbin, /usr/bin, /usr/sbin, /usr/local/bin) and not proc.name in (package_managers) and not proc.aname in (package_managers)',
      output:
        'A file among the programs was opened for writing (file=%fd.name user=%user.name command=%proc.cmdline)',
      priority: 'ERROR',
      tags: ['filesystem'],
    },
    {
      rule: 'Write to who may do what',
      desc: 'Users, rights, scheduled jobs or preloaded libraries were changed in a container.',
      condition:
        'opened_to_write and in_container and (fd.name in (/etc/passwd, /etc/shadow, /etc/sudoers, /etc/crontab, /etc/ld.so.preload) or fd.name startswith /etc/sudoers.d/ or fd.name startswith /etc/cron.d/) and not proc.name in (package_managers) and not proc.aname in (package_managers)',
      output: 'Users or rights were changed (file=%fd.name user=%user.name command=%proc.cmdline)',
      priority: 'WARNING',
      tags: ['filesystem', 'users'],
    },
    {
      rule: 'Read of passwords',
      desc: 'A program read the passwords that has nothing to do with logging in.',
      condition:
        'opened_to_read and fd.name in (/etc/shadow, /etc/gshadow, /etc/sudoers) and not proc.name in (readers_of_passwords)',
      output: 'Passwords were read (file=%fd.name user=%user.name command=%proc.cmdline parent=%proc.pname)',
      priority: 'WARNING',
      tags: ['filesystem', 'users'],
    },
    {
      rule: 'Read of a service account token by hand',
      desc: 'A shell tool read the token with which a pod speaks to the API server.',
      condition:
        'opened_to_read and in_container and fd.name contains /secrets/kubernetes.io/serviceaccount and fd.name endswith token and proc.name in (shells, base64, cat, cp, curl, grep, head, less, more, nc, tail, tar, wget, xxd)',
      output:
        "The pod's token was read (file=%fd.name user=%user.name command=%proc.cmdline parent=%proc.pname)",
      priority: 'WARNING',
      tags: ['container', 'kubernetes'],
    },
    {
      rule: 'Kernel module from a container',
      desc: 'A container loads code into the kernel.',
      condition: 'evt.type in (init_module, finit_module) and evt.res = SUCCESS and in_container',
      output: 'A container loaded a kernel module (user=%user.name command=%proc.cmdline)',
      priority: 'CRITICAL',
      tags: ['container', 'kernel'],
    },
    {
      rule: 'Way out of a container',
      desc: 'A program that enters other namespaces was started in a container.',
      condition: 'started and in_container and proc.name = nsenter',
      output:
        'A container enters namespaces of others (user=%user.name command=%proc.cmdline parent=%proc.pname)',
      priority: 'NOTICE',
      tags: ['container', 'process'],
    },
  ]
  return writeValue(items, {
    comments: {
      ...(!knowsContainers && {
        '0': 'Without the plugin for containers: a process whose number in its own namespace is another.',
      }),
      '6': 'Those that you expect to read them. What else you except, add to the conditions.',
    },
  })
}
