package renown.dumps.formats;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Signatures and the text of five bits a character, against slow or known answers. */
class SchnorrTest {
  @Test
  void whatIsSignedIsVerifiedAndNothingElse() {
    Random random = new Random(340);
    for (int round = 0; round < 40; round++) {
      BigInteger secret = new BigInteger(255, random).add(BigInteger.ONE);
      NostrSeal.Signer signer =
          new NostrSeal.Signer(secret, new BigInteger(255, random).add(BigInteger.ONE));
      byte[] message = new byte[round];
      random.nextBytes(message);
      byte[] signature = signer.sign(message);
      assertThat(NostrSeal.verifies(signer.key, message, signature)).isTrue();
      assertThat(Schnorr.verifies(signer.key, message, signature)).isTrue();
      byte[] changed = signature.clone();
      changed[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
      assertThat(Schnorr.verifies(signer.key, message, changed)).isFalse();
      byte[] key = signer.key.clone();
      key[random.nextInt(32)] ^= 1;
      assertThat(Schnorr.verifies(key, message, signature))
          .isEqualTo(NostrSeal.verifies(key, message, signature))
          .isFalse();
    }
  }

  /** Small and large numbers meet the edges of limbs and of the curve's order. */
  @Test
  void edgesOfTheNumbersAreNoExceptions() {
    BigInteger[] edges = {
      BigInteger.ONE,
      BigInteger.TWO,
      BigInteger.valueOf(3),
      BigInteger.TWO.pow(26),
      BigInteger.TWO.pow(130).subtract(BigInteger.ONE),
      BigInteger.TWO.pow(234),
      NostrSeal.ORDER.subtract(BigInteger.ONE),
      NostrSeal.ORDER.subtract(BigInteger.TWO)
    };
    byte[] message = "m".getBytes(StandardCharsets.UTF_8);
    for (BigInteger secret : edges) {
      for (BigInteger nonce : edges) {
        NostrSeal.Signer signer = new NostrSeal.Signer(secret, nonce);
        assertThat(Schnorr.verifies(signer.key, message, signer.sign(message)))
            .as("%s %s", secret, nonce)
            .isTrue();
      }
    }
    byte[] ones = new byte[64];
    java.util.Arrays.fill(ones, (byte) 0xFF);
    byte[] key = new NostrSeal.Signer(BigInteger.TWO, BigInteger.TWO).key;
    assertThat(Schnorr.verifies(key, message, ones)).isFalse();
    assertThat(Schnorr.verifies(key, message, new byte[64])).isFalse();
    assertThat(Schnorr.verifies(new byte[32], message, ones)).isFalse();
    assertThat(Schnorr.verifies(java.util.Arrays.copyOf(ones, 32), message, new byte[64]))
        .isFalse();
  }

  /** The examples of BIP 173 and NIP-19. */
  @Test
  void textOfFiveBitsACharacter() {
    assertThat(Bech32.of("a12uel5l").words()).isEmpty();
    assertThat(Bech32.of("abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw").words())
        .hasSize(32)
        .startsWith(0, 1, 2, 3)
        .endsWith(30, 31);
    String key = "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg";
    assertThat(HexFormat.of().formatHex(Bech32.of(key).bytes()))
        .isEqualTo("7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e");
    assertThat(Bech32.of(key.replace("10elf", "10elg"))).isNull();
    assertThat(Bech32.of("A12UEL5L")).isNull();
    assertThat(Bech32.of("1nwldj5")).isNull();
    assertThat(Bech32.of("npub")).isNull();
    assertThat(Bech32.of("npub1b")).isNull();
  }
}
