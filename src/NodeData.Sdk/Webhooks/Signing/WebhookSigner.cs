using System.Globalization;
using System.Text;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Signs deliveries as the service does, for tests and for an emulator of the service (contract, "Webhook signatures"). Safe for use by several threads.
/// </summary>
public sealed class WebhookSigner : IDisposable
{
    private readonly HmacPool _macs;

    /// <summary>A signer with one secret.</summary>
    /// <param name="secret">The endpoint's secret; plain text is read as <see cref="WebhookSecret.Parse"/> does.</param>
    public WebhookSigner(WebhookSecret secret) => _macs = new HmacPool(SigningSecrets.ToArray(secret));

    /// <summary>A signer with several secrets, while one is being replaced: the header has a signature with each, in their order.</summary>
    /// <param name="secrets">One or more secrets.</param>
    /// <exception cref="NodeDataConfigurationException">There is no secret.</exception>
    public WebhookSigner(IEnumerable<WebhookSecret> secrets) => _macs = new HmacPool(SigningSecrets.ToArray(secrets));

    /// <summary>The value of <see cref="WebhookVerifier.HeaderName"/> for a body.</summary>
    /// <param name="body">The bytes of the body.</param>
    /// <param name="timestamp">When it is sent, after 1970-01-01T00:00:00Z; counted in whole seconds, rounded down.</param>
    /// <returns><c>t=…,v1=…</c>, with as many <c>v1</c> as there are secrets.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is before the first second that the header can say.</exception>
    public string Sign(ReadOnlySpan<byte> body, DateTimeOffset timestamp) => Sign(new SignedBody(body), timestamp);

    /// <summary>The value of <see cref="WebhookVerifier.HeaderName"/> for a body that is text, sent as UTF-8.</summary>
    /// <inheritdoc cref="Sign(ReadOnlySpan{byte}, DateTimeOffset)"/>
    public string Sign(string body, DateTimeOffset timestamp)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Sign(new SignedBody(body.AsSpan()), timestamp);
    }

    /// <summary>Lets go of the keyed hashes.</summary>
    public void Dispose() => _macs.Dispose();

    private string Sign(in SignedBody body, DateTimeOffset timestamp)
    {
        ObjectDisposedException.ThrowIf(_macs.IsDisposed, this);
        var seconds = timestamp.ToUnixTimeSeconds();
        ArgumentOutOfRangeException.ThrowIfLessThan(seconds, 1, nameof(timestamp));
        var digits = seconds.ToString(CultureInfo.InvariantCulture);
        var worker = _macs.Rent();
        try
        {
            return FormatHeader(digits, worker.Compute(digits, body));
        }
        finally
        {
            _macs.Return(worker);
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
