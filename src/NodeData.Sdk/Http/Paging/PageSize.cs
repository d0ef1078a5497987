namespace NodeData.Sdk.Http.Paging;

/// <summary>How many items a page may have (contract, "Pagination").</summary>
internal static class PageSize
{
    public const int Max = 100;
}
