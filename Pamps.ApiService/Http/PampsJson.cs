using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Pamps.ApiService.Contracts;

namespace Pamps.ApiService.Http;

/// <summary>
/// The wire types, with metadata written at build: they start faster than by reflection. How they are written is set by
/// <see cref="JsonExtensions"/>.
/// </summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(AddCommentRequest))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(BoletoImportResponse))]
[JsonSerializable(typeof(BoletoResponse))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(CommentResponse))]
[JsonSerializable(typeof(ContentThreadResponse))]
[JsonSerializable(typeof(CountCommentsRequest))]
[JsonSerializable(typeof(CreateApiKeyRequest))]
[JsonSerializable(typeof(CreatedApiKeyResponse))]
[JsonSerializable(typeof(DeleteAccountRequest))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(EditCommentRequest))]
[JsonSerializable(typeof(ExportResponse))]
[JsonSerializable(typeof(FileReportRequest))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSerializable(typeof(InstanceResponse))]
[JsonSerializable(typeof(ServiceResponse))]
[JsonSerializable(typeof(ProblemCodeResponse))]
[JsonSerializable(typeof(ModerationRequest))]
[JsonSerializable(typeof(AuthorizationServerResponse))]
[JsonSerializable(typeof(MeResponse))]
[JsonSerializable(typeof(MoveThreadRequest))]
[JsonSerializable(typeof(Page<AccountSummary>))]
[JsonSerializable(typeof(Page<AuditEntryResponse>))]
[JsonSerializable(typeof(Page<BoletoImportResponse>))]
[JsonSerializable(typeof(Page<BoletoResponse>))]
[JsonSerializable(typeof(Page<CommentResponse>))]
[JsonSerializable(typeof(Page<PostResponse>))]
[JsonSerializable(typeof(Page<ReportResponse>))]
[JsonSerializable(typeof(PageTokenResponse))]
[JsonSerializable(typeof(PostResponse))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(Page<RowErrorResponse>))]
[JsonSerializable(typeof(RecordPaymentRequest))]
[JsonSerializable(typeof(RecordPaymentResponse))]
[JsonSerializable(typeof(RegisterAccountRequest))]
[JsonSerializable(typeof(ReissueResponse))]
[JsonSerializable(typeof(ReportResponse))]
[JsonSerializable(typeof(ResolveReportRequest))]
[JsonSerializable(typeof(IReadOnlyList<ApiKeyResponse>))]
[JsonSerializable(typeof(IReadOnlyList<BillingDayResponse>))]
[JsonSerializable(typeof(IReadOnlyList<ExportResponse>))]
[JsonSerializable(typeof(IReadOnlyList<SessionResponse>))]
[JsonSerializable(typeof(List<RowErrorResponse>))]
[JsonSerializable(typeof(SetThreadStateRequest))]
[JsonSerializable(typeof(SuspendAccountRequest))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(UpdateProfileRequest))]
internal sealed partial class PampsJson : JsonSerializerContext;
