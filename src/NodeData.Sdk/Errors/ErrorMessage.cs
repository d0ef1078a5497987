using System.Globalization;
using System.Net;
using System.Text;
using NodeData.Sdk.Credentials;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Errors;

/// <summary>Creates the message of an API exception: the call, the service's error, the request ID and the remedy.</summary>
internal static class ErrorMessage
{
    private const int MaxQuoteLength = 500;

    public static string Create(in ResponseContext context, ErrorResponse error, string? requestId, TimeSpan? retryAfter)
    {
        var message = new StringBuilder();
        message.Append(CultureInfo.InvariantCulture, $"{context.Endpoint.Name} returned {context.Status}");
        message.Append(error.Code is { } code ? $" {Quote(code)}" : "");
        message.Append(error.Message is { } text ? $": {Quote(text).TrimEnd('.')}." : ".");
        message.Append(error.Field is { } field ? $" Field: {Quote(field)}." : "");
        message.Append(requestId is null ? "" : $" Request ID: {Quote(requestId)}.");
        message.Append(GetRemedy(context.Key, context.Response, error, retryAfter) is { } remedy ? $" {remedy}" : "");
        return message.ToString();
    }

    private static string? GetRemedy(ApiKey key, HttpResponseMessage response, ErrorResponse error, TimeSpan? retryAfter) =>
        (response.StatusCode, error.Code) switch
        {
            (HttpStatusCode.Unauthorized, _) =>
                $"The key {key.Hint} was not accepted: it is unknown to this service, revoked or expired. It came from {GetSourceAdvice(key)}",
            (HttpStatusCode.Forbidden, "mode_mismatch") =>
                $"The key {key.Hint} is a {key.Mode.ToWireValue()} key. Test and live mode are isolated: use a key of the other mode.",
            (HttpStatusCode.Forbidden, _) =>
                $"The key {key.Hint} is not allowed to do this. Use a key with the required scope or with full access: managing keys requires full access.",
            (HttpStatusCode.PaymentRequired, _) =>
                "The Details property of the exception contains what the service returned about the payment.",
            (HttpStatusCode.NotFound, _) => $"Check the ID, and that it belongs to this account and to {key.Mode.ToWireValue()} mode"
                + (error.Code is null ? "; a response without an error code may also mean a wrong base address." : "."),
            (HttpStatusCode.Conflict, "idempotency_conflict") =>
                "A different request was sent with this idempotency key. Use a new key, or send exactly the same request again (with ExpiresAt, "
                    + "because ExpiresIn results in a different time in each call).",
            (HttpStatusCode.TooManyRequests, _) or (_, "maintenance") => retryAfter is { } delay
                ? $"Try again in {FormatSeconds(delay)}."
                : "Try again later.",
            (>= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest, _) =>
                $"Redirects are never followed, because that could send the key to another host{FormatRedirectTarget(response)}. Correct the base address.",
            (>= HttpStatusCode.InternalServerError, _) => "The service failed; contact its support with the request ID.",
            _ => null,
        };

    private static string GetSourceAdvice(ApiKey key) =>
        key.Source is { } source ? $"{source}. Set an active key there." : "the client's IApiKeyProvider, which must return an active key.";

    private static string FormatRedirectTarget(HttpResponseMessage response) =>
        response.Headers.Location is { IsAbsoluteUri: true } location ? $" (here to {location.Host})" : "";

    private static string FormatSeconds(TimeSpan delay) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(delay.TotalSeconds)} s");

    // Line breaks are removed from external strings, and long strings are truncated, to prevent forged log entries and very long messages.
    private static string Quote(string text)
    {
        var bounded = text.Length <= MaxQuoteLength ? text : $"{text.AsSpan(0, MaxQuoteLength)}…";
        return string.Create(
            bounded.Length,
            bounded,
            static (line, source) =>
            {
                for (var i = 0; i < line.Length; i++)
                {
                    line[i] = char.IsControl(source[i]) ? ' ' : source[i];
                }
            }
        );
    }
}
