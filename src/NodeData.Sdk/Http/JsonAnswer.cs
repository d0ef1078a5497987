using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>Answers that are JSON: read into their wire shape, then made into the model.</summary>
internal static class JsonAnswer
{
    // Some servers begin a body with a byte order mark; JSON has none (RFC 8259, section 8.1).
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static AnswerReader<T> Of<TWire, T>(JsonTypeInfo<TWire> wire, Func<TWire, T> toModel)
        where TWire : class => (in answer) => Read(answer, wire, toModel);

    private static T Read<TWire, T>(in Answer answer, JsonTypeInfo<TWire> wire, Func<TWire, T> toModel)
        where TWire : class
    {
        var body = answer.Body.StartsWith(ByteOrderMark) ? answer.Body[ByteOrderMark.Length..] : answer.Body;
        if (body.IsEmpty)
        {
            throw Unreadable(answer, "is empty where JSON was expected");
        }

        try
        {
            return JsonSerializer.Deserialize(UnpairedSurrogates.Replace(body), wire) is { } read
                ? toModel(read)
                : throw Unreadable(answer, "is null where an object was expected");
        }
        catch (JsonException failure)
        {
            // The failure itself is not kept: its message may quote what it stumbled over.
            var place = failure.Path is { Length: > 0 } path ? $" at {SecretText.Mask(path)}" : "";
            throw Unreadable(answer, $"is not the expected JSON{place} (line {failure.LineNumber}, byte {failure.BytePositionInLine})");
        }
        catch (InvalidOperationException)
        {
            throw Unreadable(answer, "holds text that is not valid Unicode");
        }
    }

    public static NodeDataResponseFormatException Unreadable(in Answer answer, string what) =>
        new(
            answer.Response.StatusCode,
            $"The answer to {answer.Endpoint.Name}, {answer.Status}, {what}."
                + (answer.RequestId is { } id ? $" Request id: {id}." : "")
                + " The request may have been carried out. Check that the base address is that of the service's API."
        )
        {
            RequestId = answer.RequestId,
            RateLimit = answer.RateLimit,
        };
}
