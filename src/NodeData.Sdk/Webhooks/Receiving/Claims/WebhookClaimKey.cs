using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Webhooks.Receiving.Claims;

namespace NodeData.Sdk.Webhooks;

/// <summary>
/// Represents the key of a claim: one event, for one handler of one receiver. <see cref="ToString"/> returns the same string on each attempt of each delivery
/// of the event, in every process, so it can be used as a key in a store and as an idempotency key. Immutable and thread-safe.
/// </summary>
[DebuggerDisplay("{MaskedText,nq}")]
public sealed record WebhookClaimKey
{
    private const int MaxLength = 255;

    private readonly string _text;

    /// <summary>Initializes a new instance.</summary>
    /// <param name="receiver">The receiver's name.</param>
    /// <param name="eventId">The event's ID, or a substitute if it has none.</param>
    /// <param name="handler">The handler's name.</param>
    /// <exception cref="ArgumentException">An argument is empty.</exception>
    public WebhookClaimKey(string receiver, string eventId, string handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(receiver);
        ArgumentException.ThrowIfNullOrEmpty(eventId);
        ArgumentException.ThrowIfNullOrEmpty(handler);
        (Receiver, EventId, Handler) = (receiver, eventId, handler);
        _text = FormatText(receiver, eventId, handler);
    }

    /// <summary>Gets the receiver's name.</summary>
    public string Receiver { get; }

    /// <summary>Gets the event's ID in the signed body; if it has none, <c>sha256-</c> and the digest of the body.</summary>
    public string EventId { get; }

    /// <summary>Gets the handler's name.</summary>
    public string Handler { get; }

    /// <summary>
    /// Returns the key as 1 to 255 visible ASCII characters: the three parts, percent-encoded and joined by colons, or their digest if that string would be
    /// longer or if a part contains an unpaired surrogate. Different parts yield different strings.
    /// </summary>
    /// <returns>The key as a string.</returns>
    public override string ToString() => _text;

    /// <summary>Gets the key for messages: parts that look like a secret are masked.</summary>
    internal string MaskedText => SecretText.Mask(_text);

    private static string FormatText(string receiver, string eventId, string handler)
    {
        // Encoding never shortens a part, so a key that exceeds the limit before encoding also exceeds it afterwards.
        var length = receiver.Length + eventId.Length + handler.Length + 2;
        if (length > MaxLength || HasUnpairedSurrogate(receiver) || HasUnpairedSurrogate(eventId) || HasUnpairedSurrogate(handler))
        {
            return ComputeDigest(receiver, eventId, handler);
        }

        var text = $"{Encode(receiver)}:{Encode(eventId)}:{Encode(handler)}";
        return text.Length <= MaxLength ? text : ComputeDigest(receiver, eventId, handler);
    }

    private static string Encode(string part) => Uri.EscapeDataString(part);

    // Encodings replace every unpaired surrogate with the same character, so different strings would become equal.
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

    // The lengths separate the parts, and the UTF-16 code units are digested unchanged: different parts yield different bytes.
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
