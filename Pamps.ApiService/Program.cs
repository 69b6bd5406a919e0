using Pamps.ApiService.Auth;
using Pamps.ApiService.Data;
using Pamps.ApiService.Features.Comments;
using Pamps.ApiService.Http;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddSingleton(TimeProvider.System);
builder.AddPampsDatabase();
builder.AddPampsHttp();
builder.AddPampsAuthentication();
builder.AddComments();
builder.Services.AddOpenApi();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseRouting();
app.UseCors();
app.UseAuthentication();
app.Use(AccessProblems.RefuseBadCredentialsAsync);
app.UseAuthorization();

app.MapDefaultEndpoints();
app.MapComments();
app.MapOpenApi();
app.Run();
