using System.Net;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Errors;

/// <summary>Turns an answer that is no success into the exception that its status stands for (contract, "Errors").</summary>
internal static class ApiErrors
{
    private const string MaintenanceCode = "maintenance";

    public static NodeDataApiException From(in Answer answer)
    {
        var error = ErrorAnswer.Read(answer.Body);
        var requestId = error.RequestId ?? answer.RequestId;
        var retryAfter = answer.RetryAfter ?? error.RetryAfter;
        var report = new ErrorReport(ErrorMessage.For(answer, error, requestId, retryAfter))
        {
            Code = error.Code,
            Field = error.Field,
            RequestId = requestId,
            RetryAfter = retryAfter,
            RateLimit = answer.RateLimit,
            Body = error.Body,
            Details = error.Details,
        };
        return Of(answer.Response.StatusCode, report);
    }

    private static NodeDataApiException Of(HttpStatusCode status, ErrorReport report) =>
        status switch
        {
            HttpStatusCode.BadRequest => new NodeDataBadRequestException(report),
            HttpStatusCode.Unauthorized => new NodeDataAuthenticationException(report),
            HttpStatusCode.PaymentRequired => new NodeDataPaymentRequiredException(report),
            HttpStatusCode.Forbidden => new NodeDataPermissionException(report),
            HttpStatusCode.NotFound => new NodeDataNotFoundException(report),
            HttpStatusCode.Conflict => new NodeDataConflictException(report),
            HttpStatusCode.TooManyRequests => new NodeDataRateLimitException(report),
            HttpStatusCode.ServiceUnavailable when report.Code == MaintenanceCode => new NodeDataMaintenanceException(report),
            >= HttpStatusCode.InternalServerError => new NodeDataServerException(status, report),
            _ => new NodeDataApiException(status, report),
        };
}
