import { startChat } from './chat.js';
import { startClock } from './clock.js';
import { startEcho } from './echo.js';
import { startMeters } from './meters.js';
import { startRpc } from './rpc.js';
import { startStompChat } from './stomp-chat.js';
import { startTheme } from './theme.js';
import { Ways } from './ways.js';

startTheme();
startMeters();
const ways = await Ways.find();
startClock(ways);
startChat(ways);
startStompChat();
startEcho(ways);
startRpc(ways);
