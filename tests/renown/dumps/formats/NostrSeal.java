package renown.dumps.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Signs events of Nostr, and verifies signatures, by the letter of BIP 340 with numbers of any
 * length and points in plain coordinates: slow, and apart from what is tested. The nonce is always
 * the same, which would give the key away if it were anybody's.
 */
final class NostrSeal {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  static final BigInteger FIELD =
      BigInteger.TWO.pow(256).subtract(BigInteger.TWO.pow(32)).subtract(BigInteger.valueOf(977));
  static final BigInteger ORDER =
      new BigInteger("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141", 16);
  private static final Point GENERATOR =
      new Point(
          new BigInteger("79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798", 16),
          new BigInteger("483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8", 16));
  private static final Signer SIGNER =
      new Signer(BigInteger.valueOf(20_240_602), new BigInteger("91"));

  private NostrSeal() {}

  /** A point of the curve; null is the one at infinity. */
  record Point(BigInteger x, BigInteger y) {
    Point plus(Point other) {
      if (other == null) {
        return this;
      }
      BigInteger slope;
      if (x.equals(other.x)) {
        if (!y.equals(other.y)) {
          return null;
        }
        slope = x.pow(2).multiply(BigInteger.valueOf(3)).multiply(y.shiftLeft(1).modInverse(FIELD));
      } else {
        slope = other.y.subtract(y).multiply(other.x.subtract(x).mod(FIELD).modInverse(FIELD));
      }
      BigInteger sumX = slope.pow(2).subtract(x).subtract(other.x).mod(FIELD);
      return new Point(sumX, slope.multiply(x.subtract(sumX)).subtract(y).mod(FIELD));
    }
  }

  static Point times(Point point, BigInteger factor) {
    Point sum = null;
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      sum = sum == null ? null : sum.plus(sum);
      if (factor.testBit(bit)) {
        sum = sum == null ? point : sum.plus(point);
      }
    }
    return sum;
  }

  private static byte[] bytes(BigInteger number) {
    byte[] all = number.toByteArray();
    byte[] bytes = new byte[32];
    int length = Math.min(32, all.length);
    System.arraycopy(all, all.length - length, bytes, 32 - length, length);
    return bytes;
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static BigInteger challenge(byte[] r, byte[] key, byte[] message) {
    byte[] tag = sha256("BIP0340/challenge".getBytes(StandardCharsets.US_ASCII));
    return new BigInteger(1, sha256(tag, tag, r, key, message)).mod(ORDER);
  }

  /** Whoever has a secret. */
  static final class Signer {
    private final BigInteger secret;
    private final BigInteger nonce;
    private final byte[] r;
    final byte[] key;

    Signer(BigInteger secret, BigInteger nonce) {
      Point point = times(GENERATOR, secret);
      this.key = bytes(point.x);
      this.secret = point.y.testBit(0) ? ORDER.subtract(secret) : secret;
      Point noncePoint = times(GENERATOR, nonce);
      this.r = bytes(noncePoint.x);
      this.nonce = noncePoint.y.testBit(0) ? ORDER.subtract(nonce) : nonce;
    }

    byte[] sign(byte[] message) {
      BigInteger s = challenge(r, key, message).multiply(secret).add(nonce).mod(ORDER);
      byte[] signature = new byte[64];
      System.arraycopy(r, 0, signature, 0, 32);
      System.arraycopy(bytes(s), 0, signature, 32, 32);
      return signature;
    }
  }

  static boolean verifies(byte[] key, byte[] message, byte[] signature) {
    BigInteger x = new BigInteger(1, key);
    BigInteger r = new BigInteger(1, signature, 0, 32);
    BigInteger s = new BigInteger(1, signature, 32, 32);
    if (x.compareTo(FIELD) >= 0 || r.compareTo(FIELD) >= 0 || s.compareTo(ORDER) >= 0) {
      return false;
    }
    BigInteger cube = x.pow(3).add(BigInteger.valueOf(7)).mod(FIELD);
    BigInteger y = cube.modPow(FIELD.add(BigInteger.ONE).shiftRight(2), FIELD);
    if (!y.modPow(BigInteger.TWO, FIELD).equals(cube)) {
      return false;
    }
    Point point = new Point(x, y.testBit(0) ? FIELD.subtract(y) : y);
    BigInteger e = challenge(java.util.Arrays.copyOf(signature, 32), key, message);
    Point minus = times(point, ORDER.subtract(e).mod(ORDER));
    Point sum = times(GENERATOR, s);
    sum = sum == null ? minus : sum.plus(minus);
    return sum != null && !sum.y.testBit(0) && sum.x.equals(r);
  }

  /** The same event by another author, with the id and signature that are right for it. */
  static String sealed(String line) {
    JsonNode event;
    try {
      event = MAPPER.readTree(line);
    } catch (IOException e) {
      return line;
    }
    if (!(event instanceof ObjectNode object)) {
      return line;
    }
    ArrayNode content = MAPPER.createArrayNode();
    String key = HexFormat.of().formatHex(SIGNER.key);
    content.add(0).add(key).add(event.get("created_at")).add(event.get("kind"));
    content.add(event.get("tags")).add(event.get("content"));
    byte[] id = sha256(content.toString().getBytes(StandardCharsets.UTF_8));
    object.put("pubkey", key).put("id", HexFormat.of().formatHex(id));
    return object.put("sig", HexFormat.of().formatHex(SIGNER.sign(id))).toString();
  }
}
