using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>Answers that are JSON: read into their wire shape, then made into the model.</summary>
internal static class JsonResponse
{
    // Some servers begin a body with a byte order mark; JSON has none (RFC 8259, section 8.1).
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static ResponseReader<T> CreateReader<TWire, T>(JsonTypeInfo<TWire> wire, Func<TWire, T> toModel)
        where TWire : class => (in context) => Read(context, wire, toModel);

    private static T Read<TWire, T>(in ResponseContext context, JsonTypeInfo<TWire> wire, Func<TWire, T> toModel)
        where TWire : class
    {
        var body = context.Body.StartsWith(ByteOrderMark) ? context.Body[ByteOrderMark.Length..] : context.Body;
        if (body.IsEmpty)
        {
            throw CreateFormatException(context, "is empty where JSON was expected");
        }

        try
        {
            return JsonSerializer.Deserialize(UnpairedSurrogates.Replace(body), wire) is { } value
                ? toModel(value)
                : throw CreateFormatException(context, "is null where an object was expected");
        }
        catch (JsonException failure)
        {
            // The failure itself is not kept: its message may quote what it stumbled over.
            var location = failure.Path is { Length: > 0 } path ? $" at {SecretText.Mask(path)}" : "";
            throw CreateFormatException(
                context,
                $"is not the expected JSON{location} (line {failure.LineNumber}, byte {failure.BytePositionInLine})"
            );
        }
        catch (InvalidOperationException)
        {
            throw CreateFormatException(context, "holds text that is not valid Unicode");
        }
    }

    public static NodeDataResponseFormatException CreateFormatException(in ResponseContext context, string problem) =>
        new(
            context.Response.StatusCode,
            $"The answer to {context.Endpoint.Name}, {context.Status}, {problem}."
                + (context.RequestId is { } id ? $" Request id: {id}." : "")
                + " The request may have been carried out. Check that the base address is that of the service's API."
        )
        {
            RequestId = context.RequestId,
            RateLimit = context.RateLimit,
        };
}
