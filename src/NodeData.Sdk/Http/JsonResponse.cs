using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NodeData.Sdk.Credentials;

namespace NodeData.Sdk.Http;

/// <summary>Reads JSON responses: deserializes the JSON model and converts it to the public model.</summary>
internal static class JsonResponse
{
    public static ResponseReader<T> CreateReader<TWire, T>(JsonTypeInfo<TWire> typeInfo, Func<TWire, T> toModel)
        where TWire : class => (in context) => Read(context, typeInfo, toModel);

    private static T Read<TWire, T>(in ResponseContext context, JsonTypeInfo<TWire> typeInfo, Func<TWire, T> toModel)
        where TWire : class
    {
        var body = JsonText.Normalize(context.Body);
        if (body.IsEmpty)
        {
            throw CreateFormatException(context, "is empty, but JSON was expected");
        }

        try
        {
            return JsonSerializer.Deserialize(body, typeInfo) is { } value
                ? toModel(value)
                : throw CreateFormatException(context, "is null, but an object was expected");
        }
        catch (JsonException exception)
        {
            // The exception is not kept as an inner exception: its message may quote the body.
            var location = exception.Path is { Length: > 0 } path ? $" at {SecretText.Mask(path)}" : "";
            throw CreateFormatException(
                context,
                $"is not the expected JSON{location} (line {exception.LineNumber}, byte {exception.BytePositionInLine})"
            );
        }
        catch (InvalidOperationException)
        {
            throw CreateFormatException(context, "contains a string that is not valid Unicode");
        }
    }

    public static NodeDataResponseFormatException CreateFormatException(in ResponseContext context, string problem) =>
        new(
            context.Response.StatusCode,
            $"The response to {context.Endpoint.Name}, {context.Status}, {problem}."
                + (context.RequestId is { } id ? $" Request ID: {id}." : "")
                + " The request may have been processed. Check that the base address is that of the service's API."
        )
        {
            RequestId = context.RequestId,
            RateLimit = context.RateLimit,
        };
}
