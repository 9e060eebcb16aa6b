@echo off
rem Starts the signet command with the Java of JAVA_HOME, else the one on PATH.
setlocal
set "SIGNET_JAVA=java"
if defined JAVA_HOME set "SIGNET_JAVA=%JAVA_HOME%\bin\java"
"%SIGNET_JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC %SIGNET_JAVA_OPTS% --module-path "%~dp0..\lib" --add-modules ALL-MODULE-PATH --module dev.signet.identity.cli/dev.signet.identity.cli.Signet %*
exit /b %ERRORLEVEL%
