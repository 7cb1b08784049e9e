/** A small set of rules to begin with: what is hardly ever right in a cluster. */
export const suricataRules = `# Numbers from 1000000 on are free for rules of your own.

# Many connections to SSH from one address.
alert tcp $EXTERNAL_NET any -> $HOME_NET 22 (msg:"Many SSH connections from one address"; flow:to_server; flags:S,12; threshold:type both, track by_src, count 20, seconds 60; classtype:attempted-recon; sid:1000001; rev:1;)

# The kubelet, etcd and the API server's health, from outside.
alert tcp $EXTERNAL_NET any -> $HOME_NET [2379,2380,10250,10255,10257,10259] (msg:"Connection from outside to a port of the cluster's own components"; flow:to_server; flags:S,12; threshold:type limit, track by_src, count 1, seconds 300; classtype:attempted-recon; sid:1000002; rev:1;)

# Keys of the cloud's accounts, which pods have no business with.
alert http $HOME_NET any -> 169.254.169.254 any (msg:"Request for credentials to the cloud's metadata service"; flow:established,to_server; http.uri; pcre:"/(iam\\/security-credentials|service-accounts\\/[^\\/]+\\/token|identity\\/oauth2\\/token)/i"; classtype:successful-recon-limited; sid:1000003; rev:1;)

# The answer of the program id, which an attacker runs first.
alert http any any -> any any (msg:"The output of the program id, as root"; flow:established,to_client; file_data; content:"uid=0|28|root|29|"; classtype:bad-unknown; sid:1000004; rev:1;)

# Mining, which is what most break-ins are for.
alert tcp $HOME_NET any -> $EXTERNAL_NET any (msg:"A miner logs on to its pool"; flow:established,to_server; content:"|22|mining."; fast_pattern; pcre:"/\\x22mining\\.(subscribe|authorize)\\x22/"; classtype:coin-mining; sid:1000005; rev:1;)
alert tcp $HOME_NET any -> $EXTERNAL_NET any (msg:"A Monero miner logs on to its pool"; flow:established,to_server; content:"|22|method|22|"; content:"|22|login|22|"; distance:0; within:16; content:"|22|agent|22|"; distance:0; classtype:coin-mining; sid:1000006; rev:1;)

# Passwords that leave the cluster for all to read.
alert http $HOME_NET any -> $EXTERNAL_NET any (msg:"A password leaves unencrypted"; flow:established,to_server; http.header; content:"Authorization|3a 20|Basic"; nocase; threshold:type limit, track by_src, count 1, seconds 300; classtype:policy-violation; sid:1000007; rev:1;)

# A name of the onion network, which other DNS servers do not know.
alert dns $HOME_NET any -> any any (msg:"A name of the onion network was asked for"; dns.query; content:".onion"; nocase; endswith; classtype:policy-violation; sid:1000008; rev:1;)

# A shell that calls home.
alert tcp $HOME_NET any -> $EXTERNAL_NET any (msg:"A shell says which it is to the outside"; flow:established; content:"sh|3a| no job control in this shell"; classtype:trojan-activity; sid:1000009; rev:1;)
`
