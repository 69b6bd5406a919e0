using Microsoft.AspNetCore.Http.Metadata;
using Pamps.ApiService.Auth;
using Pamps.ApiService.Contracts;
using Pamps.ApiService.Http;

namespace Pamps.ApiService.Features.Billing;

internal static class BillingEndpoints
{
    /// <summary>Adds what billing needs, and the work in the background.</summary>
    public static void AddBilling(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BillingOptions>().BindConfiguration("Billing").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<Issuers>();
        builder.Services.AddSingleton<UploadSlots>();
        builder.Services.AddSingleton<ImportSignal>();
        builder.Services.AddSingleton<DeliverySignal>();
        builder.Services.AddSingleton<ImportProgress>();
        builder.Services.AddSingleton<StoreDebts>();
        builder.Services.AddScoped<ReceiveFile>();
        builder.Services.AddScoped<RecordPayment>();
        if (builder.Configuration["Billing:Mail:SmtpHost"] is { Length: > 0 })
        {
            builder.Services.AddSingleton<IMailTransport, SmtpTransport>();
        }
        else
        {
            builder.Services.AddSingleton<IMailTransport, FolderTransport>();
        }

        builder.Services.AddHostedService<ReadImports>();
        builder.Services.AddHostedService<IssueBoletos>();
        builder.Services.AddHostedService<MailBoletos>();
        builder.Services.AddHostedService<CloseBoletos>();
        builder.Services.AddHostedService<ReportImports>();
    }

    public static void MapBilling(this IEndpointRouteBuilder routes)
    {
        var billing = routes.MapGroup("/api/v1/billing").WithTags("Billing");
        var read = billing.MapGroup("").RequireScope(Scopes.BillingRead).RequireBillingOperator();
        read.MapGet("/imports", ListImports.HandleAsync).WithName(nameof(ListImports));
        read.MapGet("/imports/{importId}", GetImport.HandleAsync).WithName(nameof(GetImport));
        read.MapGet("/imports/{importId}/errors", ListRowErrors.HandleAsync).WithName(nameof(ListRowErrors));
        read.MapGet("/imports/{importId}/corrections.csv", GetCorrections.HandleAsync).WithName(nameof(GetCorrections)).DisableRequestTimeout();
        read.MapGet("/boletos", ListBoletos.HandleAsync).WithName(nameof(ListBoletos));
        read.MapGet("/boletos/{boletoId}", GetBoleto.HandleAsync).WithName(nameof(GetBoleto));
        read.MapGet("/boletos/{boletoId}/pdf", GetBoletoPdf.HandleAsync).WithName(nameof(GetBoletoPdf)).Refuses(ProblemCodes.Conflict);
        read.MapGet("/boletos/{boletoId}/html", GetBoletoHtml.HandleAsync).WithName(nameof(GetBoletoHtml)).Refuses(ProblemCodes.Conflict);
        read.MapGet("/statistics", GetBillingStatistics.HandleAsync).WithName(nameof(GetBillingStatistics));

        var write = billing.MapGroup("").RequireScope(Scopes.BillingWrite).RequireBillingOperator();
        write.MapPost("/imports", ImportBoletos.HandleAsync).WithName(nameof(ImportBoletos)).WithMetadata(new RateLimited(RateLimit.Imports))
            .WithMetadata(new AcceptsMetadata(["text/csv", "application/csv", "application/gzip", "application/x-gzip", "multipart/form-data"], typeof(Stream)))
            .DisableRequestTimeout();
        write.MapPost("/boletos/{boletoId}/resend", ResendBoleto.HandleAsync).WithName(nameof(ResendBoleto)).Refuses(ProblemCodes.Conflict);
        write.MapPost("/mails/bounces", RecordBounce.HandleAsync).WithName(nameof(RecordBounce)).Refuses(ProblemCodes.NotFound);
        write.MapPost("/reissue", ReissueBoletos.HandleAsync).WithName(nameof(ReissueBoletos));

        // Banks sign instead of signing in, so the use case decides who may.
        billing.MapPost("/payments", ReceivePayment.HandleAsync).WithName(nameof(ReceivePayment))
            .WithMetadata(new AcceptsMetadata(["application/json"], typeof(RecordPaymentRequest))).Refuses(ProblemCodes.NotFound);
    }
}
