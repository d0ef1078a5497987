using NodeData.Emulator.Responses;

namespace NodeData.Emulator.Serving;

/// <summary>From an answer to bytes on the wire.</summary>
internal static class ResponseSender
{
    private const string RequestIdHeader = "x-request-id";

    // So that a program can tell it from the service, which sends no such header.
    private const string EmulatorHeader = "nd-emulator";

    /// <summary>Sends an answer.</summary>
    /// <param name="call">The request that it answers.</param>
    /// <param name="response">The answer.</param>
    /// <param name="maxBytes">How much of the body is sent of what was announced; null for all.</param>
    public static async Task SendAsync(Call call, Response response, int? maxBytes = null)
    {
        var httpResponse = call.Http.Response;
        httpResponse.StatusCode = response.Status;
        httpResponse.Headers[RequestIdHeader] = response.RepeatedRequestId ?? call.RequestId;
        httpResponse.Headers[EmulatorHeader] = "1";
        httpResponse.ContentType = response.ContentType;
        httpResponse.ContentLength = response.Body.Length;
        foreach (var (name, value) in response.Headers)
        {
            httpResponse.Headers[name] = value;
        }

        // The server takes an answer that is shorter than announced for broken, and ends the connection after what was sent.
        var sent = maxBytes is { } bytes ? response.Body[..Math.Min(bytes, Math.Max(0, response.Body.Length - 1))] : response.Body;
        await httpResponse.Body.WriteAsync(sent, call.Http.RequestAborted).ConfigureAwait(false);
    }
}
