using System.Buffers;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Tells whether a delivery was signed with one of the endpoint's secrets, and recently. Whatever comes from outside, it answers and never throws. It compares
/// in constant time and, once warm, allocates nothing. Safe for use by several threads: make one, keep it, and dispose of it in the end.
/// </summary>
/// <remarks>
/// It says nothing of what stands in the body (contract, "Webhook signatures"); <see cref="WebhookEvent"/> reads that. It is sealed, and cannot be made without
/// a secret, so that nothing passes for a verifier that lets everything through; to test a receiver, sign with <see cref="WebhookSigner"/>.
/// </remarks>
/// <example>
/// <c>var verifier = new WebhookVerifier("whsec_live_…"); … if (!verifier.Verify(body, request.Headers[WebhookVerifier.HeaderName]).IsValid) …</c>
/// </example>
public sealed class WebhookVerifier : IDisposable
{
    /// <summary>The header that carries the signatures.</summary>
    public static string HeaderName => "nd-signature";

    private readonly WebhookSecret[] _secrets;
    private readonly HmacPool _macs;
    private readonly long _toleranceTicks;
    private readonly TimeProvider _time;

    /// <summary>A verifier with one secret.</summary>
    /// <param name="secret">The endpoint's secret; plain text is read as <see cref="WebhookSecret.Parse"/> does.</param>
    /// <param name="options">Tolerance, clock and required mode; null for the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">An option is out of its range, or the secret is of another mode than the required one.</exception>
    public WebhookVerifier(WebhookSecret secret, WebhookVerifierOptions? options = null)
        : this(SigningSecrets.ToArray(secret), options ?? new WebhookVerifierOptions()) { }

    /// <summary>A verifier with several secrets, while one is being replaced: a delivery signed with any of them is valid.</summary>
    /// <param name="secrets">One or more secrets. Those of both modes go together unless a mode is required.</param>
    /// <param name="options">Tolerance, clock and required mode; null for the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">
    /// There is no secret, an option is out of its range, or a secret is of another mode than the required one.
    /// </exception>
    public WebhookVerifier(IEnumerable<WebhookSecret> secrets, WebhookVerifierOptions? options = null)
        : this(SigningSecrets.ToArray(secrets), options ?? new WebhookVerifierOptions()) { }

    private WebhookVerifier(WebhookSecret[] secrets, WebhookVerifierOptions options)
    {
        options.Check();
        _secrets = secrets.EnsureMode(options.RequiredMode);
        _macs = new HmacPool(_secrets);
        _toleranceTicks = options.Tolerance.Ticks;
        _time = options.TimeProvider;
    }

    /// <summary>Verifies a delivery.</summary>
    /// <param name="body">The body's bytes, exactly as they came: read before anything decodes or reformats them.</param>
    /// <param name="signature">The value of <see cref="HeaderName"/>; null, where there was none, is malformed.</param>
    /// <returns>Valid, or the code of the refusal.</returns>
    /// <exception cref="ObjectDisposedException">The verifier was disposed of.</exception>
    public WebhookVerification Verify(ReadOnlySpan<byte> body, string? signature) => Verify(new SignedBody(body), signature);

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string?)"/>
    public WebhookVerification Verify(ReadOnlySequence<byte> body, string? signature) => Verify(new SignedBody(body), signature);

    /// <summary>
    /// Verifies a delivery whose body is at hand only as text. Second choice: it is valid only where the text, written as UTF-8, gives the very bytes that came,
    /// which a byte order mark or bytes that are no UTF-8 do not survive.
    /// </summary>
    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string?)"/>
    public WebhookVerification Verify(string body, string? signature)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Verify(new SignedBody(body.AsSpan()), signature);
    }

    /// <summary>Lets go of the keyed hashes. A call still at work comes to its end.</summary>
    public void Dispose() => _macs.Dispose();

    private WebhookVerification Verify(in SignedBody body, string? signature)
    {
        ObjectDisposedException.ThrowIf(_macs.IsDisposed, this);
        Span<ushort> positions = stackalloc ushort[SignatureHeader.MaxSignatures];
        if (!SignatureHeader.TryRead(signature, positions, out var header))
        {
            return WebhookVerification.Rejected(WebhookErrorCode.MalformedSignature);
        }

        if (IsStale(header.UnixSeconds))
        {
            return WebhookVerification.Rejected(WebhookErrorCode.StaleSignature, header.UnixSeconds);
        }

        var match = Match(header, body);
        return match.IsFound
            ? WebhookVerification.Valid(_secrets[match.SecretIndex], header.UnixSeconds, match.Comparisons)
            : WebhookVerification.Rejected(WebhookErrorCode.InvalidSignature, header.UnixSeconds, match.Comparisons);
    }

    private SignatureMatch Match(in SignatureHeader header, in SignedBody body)
    {
        var worker = _macs.Rent();
        try
        {
            return SignatureMatch.Find(header, worker.Compute(header.Timestamp, body));
        }
        finally
        {
            _macs.Return(worker);
        }
    }

    // Finer than seconds: half a second past the edge is stale.
    private bool IsStale(long unixSeconds)
    {
        var sinceEpoch = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        return unixSeconds > long.MaxValue / (2 * TimeSpan.TicksPerSecond)
            || Math.Abs(sinceEpoch - (unixSeconds * TimeSpan.TicksPerSecond)) > _toleranceTicks;
    }
}
