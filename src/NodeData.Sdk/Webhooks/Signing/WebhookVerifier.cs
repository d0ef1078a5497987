using System.Buffers;
using NodeData.Sdk.Webhooks.Signing;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Verifies that a webhook request was signed with one of the endpoint's secrets, within the tolerance. No received data causes an exception. Signatures are
/// compared in constant time and, after the first calls, without allocations. Thread-safe: create one instance, reuse it, and dispose of it when it is no
/// longer needed.
/// </summary>
/// <remarks>
/// Verification does not read the body (contract, "Webhook signatures"); <see cref="WebhookEvent"/> parses it. The class is sealed and requires a secret, so
/// that no instance can accept every request. To test a receiver, sign with <see cref="WebhookSigner"/>.
/// </remarks>
/// <example>
/// <c>var verifier = new WebhookVerifier("whsec_live_…"); … if (!verifier.Verify(body, request.Headers[WebhookVerifier.HeaderName]).IsValid) …</c>
/// </example>
public sealed class WebhookVerifier : IDisposable
{
    /// <summary>Gets the header that carries the signatures.</summary>
    public static string HeaderName => "nd-signature";

    private readonly WebhookSecret[] _secrets;
    private readonly HmacPool _hmacPool;
    private readonly long _toleranceTicks;
    private readonly TimeProvider _time;

    /// <summary>Initializes a new instance with one secret.</summary>
    /// <param name="secret">The endpoint's secret; a string is converted with <see cref="WebhookSecret.Parse"/>.</param>
    /// <param name="options">The tolerance, the clock and the required mode; null for the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">An option is out of range, or the secret's mode is not the required mode.</exception>
    public WebhookVerifier(WebhookSecret secret, WebhookVerifierOptions? options = null)
        : this(SigningSecrets.ToArray(secret), options ?? new WebhookVerifierOptions()) { }

    /// <summary>Initializes a new instance with several secrets, for a rotation. A request that is signed with any of them is valid.</summary>
    /// <param name="secrets">One or more secrets. Unless a mode is required, secrets of both modes can be combined.</param>
    /// <param name="options">The tolerance, the clock and the required mode; null for the defaults.</param>
    /// <exception cref="NodeDataConfigurationException">
    /// There is no secret, one of them is null, an option is out of range, or a secret's mode is not the required mode.
    /// </exception>
    public WebhookVerifier(IEnumerable<WebhookSecret> secrets, WebhookVerifierOptions? options = null)
        : this(SigningSecrets.ToArray(secrets), options ?? new WebhookVerifierOptions()) { }

    private WebhookVerifier(WebhookSecret[] secrets, WebhookVerifierOptions options)
    {
        options.Validate();
        _secrets = secrets.EnsureMode(options.RequiredMode);
        _hmacPool = new HmacPool(_secrets);
        _toleranceTicks = options.Tolerance.Ticks;
        _time = options.TimeProvider;
    }

    /// <summary>Verifies the signature of a request.</summary>
    /// <param name="body">The bytes of the body exactly as received, before anything decodes or reformats them.</param>
    /// <param name="signature">The value of <see cref="HeaderName"/>; null if the header is missing, which counts as malformed.</param>
    /// <returns>The result: valid, or rejected with an error code.</returns>
    /// <exception cref="ObjectDisposedException">The verifier has been disposed.</exception>
    public WebhookVerification Verify(ReadOnlySpan<byte> body, string? signature) => Verify(new SignedBody(body), signature);

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string?)"/>
    public WebhookVerification Verify(ReadOnlySequence<byte> body, string? signature) => Verify(new SignedBody(body), signature);

    /// <summary>
    /// Verifies the signature of a request whose body is available only as a string. Prefer the overloads that take bytes: the signature is valid only if the
    /// string, encoded as UTF-8, yields the received bytes, which is not the case if a byte order mark or invalid UTF-8 was decoded.
    /// </summary>
    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, string?)"/>
    public WebhookVerification Verify(string body, string? signature)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Verify(new SignedBody(body.AsSpan()), signature);
    }

    /// <summary>Releases the keyed hashes. Calls in progress complete normally.</summary>
    public void Dispose() => _hmacPool.Dispose();

    private WebhookVerification Verify(in SignedBody body, string? signature)
    {
        ObjectDisposedException.ThrowIf(_hmacPool.IsDisposed, this);
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
        var worker = _hmacPool.Rent();
        try
        {
            return SignatureMatch.Find(header, worker.Compute(header.Timestamp, body));
        }
        finally
        {
            _hmacPool.Return(worker);
        }
    }

    // Compared in ticks, not seconds: half a second more than the tolerance is stale.
    private bool IsStale(long unixSeconds)
    {
        var sinceEpoch = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks;
        return unixSeconds > long.MaxValue / (2 * TimeSpan.TicksPerSecond)
            || Math.Abs(sinceEpoch - (unixSeconds * TimeSpan.TicksPerSecond)) > _toleranceTicks;
    }
}
