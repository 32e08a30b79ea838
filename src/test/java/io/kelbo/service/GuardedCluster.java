package io.kelbo.service;

import static org.awaitility.Awaitility.await;

import io.kelbo.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/**
 * A broker with certificates, passwords and ACLs: listeners SASL_SSL (SCRAM-SHA-512 and PLAIN) and
 * mutual TLS, and the plain one, whose anonymous user may do all, for setting up.
 */
public final class GuardedCluster implements AutoCloseable {
  public static final String PASSWORD = "a-password-of-kelbo";
  static final String USER = "User:kelbo";

  private final EmbeddedBroker broker;
  private final Admin admin;
  private final Certificates certificates;
  private final int sasl;
  private final int mutual;

  public GuardedCluster(Path dir) throws Exception {
    sasl = freePort();
    mutual = freePort();
    certificates = Certificates.make(dir.resolve("certificates"));
    broker = EmbeddedBroker.start(dir.resolve("broker"), 0, properties());
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    "kelbo",
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                    PASSWORD)))
        .all()
        .get();
  }

  private Map<String, String> properties() {
    Map<String, String> p = new HashMap<>();
    String listeners = "SECRET://127.0.0.1:%d,MUTUAL://127.0.0.1:%d".formatted(sasl, mutual);
    p.put("listeners", listeners);
    p.put("advertised.listeners", listeners);
    p.put("listener.security.protocol.map", "SECRET:SASL_SSL,MUTUAL:SSL");
    p.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    p.put("super.users", "User:ANONYMOUS");
    p.put("group.min.session.timeout.ms", "1000");
    p.put("ssl.keystore.type", "PEM");
    p.put("ssl.keystore.certificate.chain", certificates.brokerChain());
    p.put("ssl.keystore.key", certificates.brokerKey());
    p.put("ssl.truststore.type", "PEM");
    p.put("ssl.truststore.certificates", certificates.authority());
    p.put("listener.name.mutual.ssl.client.auth", "required");
    p.put("listener.name.mutual.ssl.principal.mapping.rules", "RULE:^CN=([a-z]+).*$/$1/,DEFAULT");
    p.put("listener.name.secret.sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
    p.put(
        "listener.name.secret.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required user_kelbo=\"%s\";"
            .formatted(PASSWORD));
    p.put(
        "listener.name.secret.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    return p;
  }

  public Admin admin() {
    return admin;
  }

  public String plainBootstrap() {
    return broker.bootstrap();
  }

  /** Client properties of user kelbo. */
  public Map<String, String> scram(String password) {
    return sasl("SCRAM-SHA-512", "scram.ScramLoginModule", password);
  }

  Map<String, String> plain(String password) {
    return sasl("PLAIN", "plain.PlainLoginModule", password);
  }

  private Map<String, String> sasl(String mechanism, String module, String password) {
    Map<String, String> p = trusting("127.0.0.1:" + sasl);
    p.put("security.protocol", "SASL_SSL");
    p.put("sasl.mechanism", mechanism);
    p.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.%s required username=\"kelbo\" password=\"%s\";"
            .formatted(module, password));
    return p;
  }

  Map<String, String> mutual() {
    Map<String, String> p = trusting("127.0.0.1:" + mutual);
    p.put("security.protocol", "SSL");
    p.put("ssl.keystore.type", "PEM");
    p.put("ssl.keystore.certificate.chain", certificates.clientChain());
    p.put("ssl.keystore.key", certificates.clientKey());
    return p;
  }

  private Map<String, String> trusting(String bootstrap) {
    Map<String, String> p = new TreeMap<>();
    p.put("bootstrap.servers", bootstrap);
    p.put("ssl.truststore.type", "PEM");
    p.put("ssl.truststore.certificates", certificates.authority());
    return p;
  }

  public void grant(Collection<AccessRight> rights) throws Exception {
    List<AclBinding> bindings = new ArrayList<>();
    rights.forEach(right -> bindings.addAll(right.bindings(USER)));
    admin.createAcls(bindings).all().get();
    await().until(() -> granted().containsAll(bindings));
  }

  /** The opposite of {@link #grant}. */
  void take(AccessRight right) throws Exception {
    Collection<AclBinding> bindings = right.bindings(USER);
    admin.deleteAcls(bindings.stream().map(AclBinding::toFilter).toList()).all().get();
    await().until(() -> Collections.disjoint(granted(), bindings));
  }

  /** Grants these and takes all others. */
  public void grantOnly(Collection<AccessRight> rights) throws Exception {
    admin.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
    await().until(() -> granted().isEmpty());
    grant(rights);
  }

  /** What the broker goes by: the controller says «done» a moment before the broker has heard. */
  private Collection<AclBinding> granted() throws Exception {
    return admin.describeAcls(AclBindingFilter.ANY).values().get();
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    admin.close();
    broker.close();
  }
}
