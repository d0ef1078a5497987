using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Webhooks.Receiving.Claims;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// What is claimed: one event, for one handler of one receiver. <see cref="ToString"/> is the same for each attempt to deliver the event, in every process, so it
/// serves as a key in a store and as an idempotency key. Immutable and safe for use by several threads.
/// </summary>
[DebuggerDisplay("{Shown,nq}")]
public sealed record WebhookClaimKey
{
    private const int MaxLength = 255;

    private readonly string _text;

    /// <summary>A key by its parts.</summary>
    /// <param name="receiver">The receiver's name.</param>
    /// <param name="eventId">The event's id, or what stands for it where it has none.</param>
    /// <param name="handler">The handler's name.</param>
    /// <exception cref="ArgumentException">A part is empty.</exception>
    public WebhookClaimKey(string receiver, string eventId, string handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(receiver);
        ArgumentException.ThrowIfNullOrEmpty(eventId);
        ArgumentException.ThrowIfNullOrEmpty(handler);
        (Receiver, EventId, Handler) = (receiver, eventId, handler);
        _text = FormatText(receiver, eventId, handler);
    }

    /// <summary>The receiver's name.</summary>
    public string Receiver { get; }

    /// <summary>The event's id as the signed body gives it; where it gives none, <c>sha256-</c> and the digest of the body.</summary>
    public string EventId { get; }

    /// <summary>The handler's name.</summary>
    public string Handler { get; }

    /// <summary>
    /// 1 to 255 visible ASCII characters: the three parts, percent-encoded and joined by colons; where that would be longer, or the id is too long to be shown
    /// whole, a digest of them. Different parts give different texts.
    /// </summary>
    public override string ToString() => _text;

    /// <summary>The text for people: what looks like a secret is masked.</summary>
    internal string MaskedText => SecretText.Mask(_text);

    private static string FormatText(string receiver, string eventId, string handler)
    {
        // Encoding at most triples each byte, so what is longer than the limit before it is longer afterwards as well.
        var length = receiver.Length + eventId.Length + handler.Length + 2;
        if (length > MaxLength || HasUnpairedSurrogate(receiver) || HasUnpairedSurrogate(eventId) || HasUnpairedSurrogate(handler))
        {
            return ComputeDigest(receiver, eventId, handler);
        }

        var text = $"{Encode(receiver)}:{Encode(eventId)}:{Encode(handler)}";
        return text.Length <= MaxLength ? text : ComputeDigest(receiver, eventId, handler);
    }

    private static string Encode(string part) => Uri.EscapeDataString(part);

    // Half a surrogate pair: every encoding makes the same character of all of them, so two different texts would become one.
    private static bool HasUnpairedSurrogate(string part)
    {
        foreach (var rune in part.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return true;
            }
        }

        return false;
    }

    // The lengths keep the parts apart, and the units are digested as they are: no two triples give the same bytes.
    private static string ComputeDigest(string receiver, string eventId, string handler)
    {
        var text = $"{receiver.Length}:{eventId.Length}:{handler.Length}:{receiver}{eventId}{handler}";
        var bytes = new byte[2 * text.Length];
        for (var unit = 0; unit < text.Length; unit++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2 * unit), text[unit]);
        }

        return Digest.Compute(bytes);
    }
}
