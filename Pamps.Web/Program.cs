using Pamps.Web.Actions;
using Pamps.Web.ApiClient;
using Pamps.Web.Auth;
using Pamps.Web.Components;
using Pamps.Web.Http;
using Pamps.Web.Live;
using Pamps.Web.Localization;
using Pamps.Web.Syndication;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddSessions();
builder.AddApiClients();
builder.AddLanguages();
builder.AddPages();

var app = builder.Build();
app.UsePageHeaders();
app.UseErrorDocuments();
app.UseHeadAsGet();
app.UseResponseCompression();
app.UseRouting();
app.UseAuthentication();
app.UseLanguages();
app.UseFormOrigins();
app.UseAuthorization();
app.UseAntiforgery();
app.UseKeptForms();

app.MapDefaultEndpoints();
app.MapStaticAssets().ShortCircuit();
app.MapActions();
app.MapLive();
app.MapSyndication();
app.MapRazorComponents<App>().WithStaticAssets();
app.Run();
