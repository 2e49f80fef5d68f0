using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// A browser and an authenticator with one credential (W3C Web Authentication, sections 5.1 and 6). What a test sets
/// differs from what an honest one would say.
/// </summary>
internal sealed class SoftAuthenticator : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] credentialId = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";

    /// <summary>Signatures made so far; an authenticator that does not count says 0 each time.</summary>
    public uint? SignCount { get; set; } = 0;

    /// <summary>Whether its user gives a PIN or a finger.</summary>
    public bool VerifiesUser { get; set; } = true;

    /// <summary>The site that the browser shows; null for the one that is asked.</summary>
    public string? Origin { get; set; }

    /// <summary>Another host's id signed in place of the right one.</summary>
    public string? RpId { get; set; }

    /// <summary>Answers creation options.</summary>
    public string Create(string options, string origin)
    {
        using var json = JsonDocument.Parse(options);
        var root = json.RootElement;
        userHandle = root.GetProperty("user").GetProperty("id").GetString()!;
        var attestation = new CborWriter();
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(
            [.. AuthenticatorData(root.GetProperty("rp").GetProperty("id").GetString()!, attested: true), .. Attested()]);
        attestation.WriteEndMap();
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(ClientData("webauthn.create", root, origin)),
            attestationObject = Base64Url.EncodeToString(attestation.Encode()),
            transports = (string[])["internal"],
        });
    }

    /// <summary>Answers request options.</summary>
    public string Get(string options, string origin)
    {
        using var json = JsonDocument.Parse(options);
        var clientData = ClientData("webauthn.get", json.RootElement, origin);
        var data = AuthenticatorData(json.RootElement.GetProperty("rpId").GetString()!, attested: false);
        var signature = key.SignData([.. data, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new
        {
            clientDataJSON = Base64Url.EncodeToString(clientData),
            authenticatorData = Base64Url.EncodeToString(data),
            signature = Base64Url.EncodeToString(signature),
            userHandle,
        });
    }

    public void Dispose() => key.Dispose();

    private string Answer<T>(T response)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return JsonSerializer.Serialize(new { id, rawId = id, type = "public-key", clientExtensionResults = new { }, response });
    }

    private byte[] ClientData(string type, JsonElement options, string origin) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin ?? origin, crossOrigin = false });

    private byte[] AuthenticatorData(string rpId, bool attested)
    {
        var flags = (byte)(0x01 | (VerifiesUser ? 0x04 : 0) | (attested ? 0x40 : 0));
        var counter = new byte[4];
        SignCount += attested ? 0u : 1u;
        BinaryPrimitives.WriteUInt32BigEndian(counter, SignCount ?? 0);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(RpId ?? rpId)), flags, .. counter];
    }

    // An all-zero AAGUID, the credential's id and its public key for ES256 (RFC 9053, section 2.1).
    private byte[] Attested()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter();
        cose.WriteStartMap(5);
        foreach (var (label, value) in ((int, int)[])[(1, 2), (3, -7), (-1, 1)])
        {
            cose.WriteInt32(label);
            cose.WriteInt32(value);
        }

        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return [.. new byte[16], 0, (byte)credentialId.Length, .. credentialId, .. cose.Encode()];
    }
}
