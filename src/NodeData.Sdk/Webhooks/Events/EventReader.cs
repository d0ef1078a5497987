using System.Text.Json;
using System.Text.Unicode;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Webhooks.Events;

/// <summary>Parses the body of a request. Never throws.</summary>
internal static class EventReader
{
    // The limit of Utf8JsonWriter, which masks the secrets.
    private const int MaxDepth = 1_000;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <param name="body">The bytes.</param>
    /// <param name="error">The reason why the body is not an event, without quoting it; null if the event was read.</param>
    /// <returns>The event; null if the body is not a JSON object.</returns>
    public static WebhookEvent? Read(ReadOnlySpan<byte> body, out string? error)
    {
        var root = ReadObject(body, out error);
        return root is { } element ? CreateEvent(new JsonMembers(element)) : null;
    }

    private static JsonElement? ReadObject(ReadOnlySpan<byte> body, out string? error)
    {
        if (body.StartsWith(ByteOrderMark))
        {
            body = body[ByteOrderMark.Length..];
        }

        // The parser validates the bytes of a string only when the string is read, and then throws.
        if (!Utf8.IsValid(body))
        {
            error = "The body of the request is not UTF-8, so it is not JSON.";
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(UnpairedSurrogates.Replace(body), new JsonReaderOptions { MaxDepth = MaxDepth });
            var root = JsonElement.ParseValue(ref reader);
            while (reader.Read()) { }
            error =
                root.ValueKind is JsonValueKind.Object ? null : $"The body of the request is JSON but not an object ({root.ValueKind}).";
            return error is null ? root : null;
        }
        catch (JsonException)
        {
            // The exception's message may quote a part of the body.
            error =
                body.IsEmpty ? "The body of the delivery is empty."
                : IsJsonOfAnyDepth(body) ? $"The body of the delivery is JSON that is nested deeper than {MaxDepth} levels."
                : "The body of the delivery is not JSON. Pass the bytes exactly as received, before anything decodes or decompresses them.";
            return null;
        }
    }

    private static bool IsJsonOfAnyDepth(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static WebhookEvent CreateEvent(JsonMembers members)
    {
        var type = members.TakeString("type");
        var data = members.TakeElement("data");
        var known = type switch
        {
            "listing.purchased" => new ListingPurchasedEvent { Data = ReadPurchase(data) },
            "listing.published" => new ListingPublishedEvent(),
            "asset.downloaded" => new AssetDownloadedEvent(),
            "payout.paid" => new PayoutPaidEvent(),
            _ => new WebhookEvent(type is null ? default : WebhookEventType.FromBody(type)),
        };
        return known with
        {
            Id = members.TakeString("id"),
            CreatedAt = members.TakeTimestamp("created_at"),
            DataJson = data,
            AdditionalMembers = members.GetRemaining(),
        };
    }

    private static ListingPurchase? ReadPurchase(JsonElement? data)
    {
        if (data is not { ValueKind: JsonValueKind.Object } element)
        {
            return null;
        }

        var members = new JsonMembers(element);
        return new ListingPurchase
        {
            Listing = members.TakeString("listing"),
            AmountCents = members.TakeInteger("amount_cents"),
            AdditionalMembers = members.GetRemaining(),
        };
    }
}
