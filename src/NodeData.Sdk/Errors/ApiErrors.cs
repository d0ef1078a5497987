using System.Net;
using NodeData.Sdk.Http;

namespace NodeData.Sdk.Errors;

/// <summary>Maps an error response to the exception type of its status (contract, "Errors").</summary>
internal static class ApiErrors
{
    private const string MaintenanceCode = "maintenance";

    public static NodeDataApiException FromResponse(in ResponseContext context)
    {
        var error = ErrorResponse.Read(context.Body);
        var requestId = error.RequestId ?? context.RequestId;
        var retryAfter = context.RetryAfter ?? error.RetryAfter;
        var report = new ErrorReport(ErrorMessage.Create(context, error, requestId, retryAfter))
        {
            Code = error.Code,
            Field = error.Field,
            RequestId = requestId,
            RetryAfter = retryAfter,
            RateLimit = context.RateLimit,
            Body = error.Body,
            Details = error.Details,
        };
        return CreateException(context.Response.StatusCode, report);
    }

    private static NodeDataApiException CreateException(HttpStatusCode status, ErrorReport report) =>
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
