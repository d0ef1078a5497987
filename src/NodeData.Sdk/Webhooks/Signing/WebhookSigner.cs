using System.Globalization;
using System.Text;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks;

/// <summary>Signs webhook requests as the service does, for tests and emulators (contract, "Webhook signatures"). Thread-safe.</summary>
public sealed class WebhookSigner : IDisposable
{
    private readonly HmacPool _hmacPool;

    /// <summary>Initializes a new instance with one secret.</summary>
    /// <param name="secret">The endpoint's secret; a string is converted with <see cref="WebhookSecret.Parse"/>.</param>
    public WebhookSigner(WebhookSecret secret) => _hmacPool = new HmacPool(SigningSecrets.ToArray(secret));

    /// <summary>
    /// Initializes a new instance with several secrets, for a rotation. The header contains one signature per secret, in the order of the secrets.
    /// </summary>
    /// <param name="secrets">One or more secrets.</param>
    /// <exception cref="NodeDataConfigurationException">There is no secret, or one of them is null.</exception>
    public WebhookSigner(IEnumerable<WebhookSecret> secrets) => _hmacPool = new HmacPool(SigningSecrets.ToArray(secrets));

    /// <summary>Signs a body.</summary>
    /// <param name="body">The bytes of the body.</param>
    /// <param name="timestamp">The time of the attempt, 1970-01-01T00:00:01Z or later; rounded down to whole seconds.</param>
    /// <returns>The value of <see cref="WebhookVerifier.HeaderName"/>: <c>t=…,v1=…</c>, with one <c>v1</c> per secret.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is earlier than 1970-01-01T00:00:01Z.</exception>
    /// <exception cref="ObjectDisposedException">The signer has been disposed.</exception>
    public string Sign(ReadOnlySpan<byte> body, DateTimeOffset timestamp) => Sign(new SignedBody(body), timestamp);

    /// <summary>Signs a body that is a string and is sent as UTF-8.</summary>
    /// <inheritdoc cref="Sign(ReadOnlySpan{byte}, DateTimeOffset)"/>
    public string Sign(string body, DateTimeOffset timestamp)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Sign(new SignedBody(body.AsSpan()), timestamp);
    }

    /// <summary>Releases the keyed hashes.</summary>
    public void Dispose() => _hmacPool.Dispose();

    private string Sign(in SignedBody body, DateTimeOffset timestamp)
    {
        ObjectDisposedException.ThrowIf(_hmacPool.IsDisposed, this);
        var seconds = timestamp.ToUnixTimeSeconds();
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1, nameof(timestamp));
        var digits = seconds.ToString(CultureInfo.InvariantCulture);
        var worker = _hmacPool.Rent();
        try
        {
            return FormatHeader(digits, worker.Compute(digits, body));
        }
        finally
        {
            _hmacPool.Return(worker);
        }
    }

    private static string FormatHeader(string digits, ReadOnlySpan<byte> macs)
    {
        var header = new StringBuilder("t=").Append(digits);
        Span<char> signature = stackalloc char[LowerHex.SignatureCharacters];
        for (; !macs.IsEmpty; macs = macs[LowerHex.SignatureBytes..])
        {
            LowerHex.Encode(macs[..LowerHex.SignatureBytes], signature);
            header.Append(",v1=").Append(signature);
        }

        return header.ToString();
    }
}
